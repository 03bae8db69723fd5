import * as z from "zod";
import { Icons } from "./icons";
import { pageOf, pageQuery } from "./pages";

const schema = z.record(z.string(), z.unknown());

export const ToolStatus = z.enum(["available", "quarantined", "unavailable"]);
export type ToolStatus = z.infer<typeof ToolStatus>;

export const Tool = z
  .object({
    id: z.string().meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    name: z
      .string()
      .meta({ description: "The tool's name on its server", examples: ["create_ticket"] }),
    exposedName: z.string().meta({
      description: "The tool's name at `/mcp`, where it stands beside those of other connections",
      examples: ["tickets__create_ticket"],
    }),
    connectionId: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    connectionSlug: z.string().meta({ examples: ["tickets"] }),
    title: z
      .string()
      .nullable()
      .meta({ examples: ["Create a ticket"] }),
    description: z
      .string()
      .nullable()
      .meta({
        description: "The server's own words",
        examples: ["Creates a ticket and returns its number."],
      }),
    inputSchema: schema.meta({
      description: "JSON Schema of the arguments",
      examples: [
        { type: "object", properties: { title: { type: "string" } }, required: ["title"] },
      ],
    }),
    outputSchema: schema.nullable().meta({
      description: "JSON Schema of the structured result, where the server gives one",
      examples: [null],
    }),
    icons: Icons,
    annotations: schema.meta({
      description: "The server's hints, such as `readOnlyHint`; nothing the hub relies on",
      examples: [{ readOnlyHint: false }],
    }),
    status: ToolStatus.describe(
      "`quarantined`: its server changed it and nobody has accepted the change yet. `unavailable`: its connection is disabled or in error",
    ),
    pending: z
      .object({ hash: z.string(), definition: schema })
      .nullable()
      .meta({
        description: "The changed definition that waits to be accepted, and its hash",
        examples: [null],
      }),
    timeoutMs: z.number().meta({ description: "Milliseconds a call may take", examples: [30000] }),
    runsAgain: z
      .object({ safe: z.boolean(), from: z.enum(["hints", "team"]) })
      .describe(
        "Whether a call may be sent a second time: by the server's hints (`readOnlyHint`, `idempotentHint`), or as the team says",
      ),
    cacheSeconds: z
      .number()
      .nullable()
      .describe("How long an answer is given again to the same caller for the same arguments"),
    staleSeconds: z
      .number()
      .nullable()
      .describe("How long an older answer may stand in, marked as stale, while the server is down"),
    cost: z.number().describe("Units of the day's budget each call costs"),
  })
  .meta({ id: "Tool" });
export type Tool = z.infer<typeof Tool>;

export const ToolPage = pageOf(Tool);
export const ToolQuery = pageQuery(/^[a-z0-9-]+__[A-Za-z0-9_-]+$/).extend({
  connection: z
    .string()
    .max(100)
    .optional()
    .describe("Only the tools of this connection: its id or slug"),
  query: z
    .string()
    .max(200)
    .optional()
    .describe("Words that must all stand in the name, title or description"),
  status: ToolStatus.optional().describe("Only the tools in this state"),
});
export type ToolQuery = z.infer<typeof ToolQuery>;

export const UpdateTool = z
  .strictObject({
    timeoutMs: z
      .number()
      .int()
      .min(100)
      .max(600_000)
      .nullable()
      .meta({
        description: "Milliseconds a call may take; null sets the default of 30 seconds",
        examples: [60000],
      })
      .optional(),
    runsAgain: z
      .boolean()
      .nullable()
      .optional()
      .describe("Whether a call may be sent a second time; null goes by the server's hints"),
    cacheSeconds: z.number().int().min(1).max(604_800).nullable().optional(),
    staleSeconds: z.number().int().min(1).max(604_800).nullable().optional(),
    cost: z.number().int().min(0).max(1_000_000).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "name at least one setting")
  .meta({ id: "UpdateTool" });
export type UpdateTool = z.infer<typeof UpdateTool>;

export const AcceptTool = z
  .strictObject({
    hash: z
      .string()
      .length(64)
      .describe("The hash of the definition you looked at, from `pending`"),
  })
  .meta({ id: "AcceptTool" });

export const CallTool = z
  .strictObject({
    arguments: z
      .record(z.string(), z.unknown())
      .default({})
      .meta({
        description: "What the tool is called with; checked against its `inputSchema`",
        examples: [{ title: "The printer is on fire" }],
      }),
  })
  .meta({ id: "CallTool" });
export type CallTool = z.infer<typeof CallTool>;
