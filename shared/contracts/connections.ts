import * as z from "zod";
import { Icons } from "./icons";
import { PageQuery, pageOf } from "./pages";
import { plain } from "./plain";

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "is not an HTTP header name")
  .refine(
    (name) =>
      !/^(host|content-length|content-type|transfer-encoding|connection|accept|upgrade|te|trailer|mcp-.*)$/i.test(
        name,
      ),
    "is a header the hub sets itself",
  );
const headerValue = z
  .string()
  .min(1)
  .max(8192)
  .regex(/^[\t\x20-\x7e]+$/, "may hold no line breaks and no characters outside ASCII");

export const SecretHeaders = z
  .record(headerName, headerValue)
  .refine((headers) => Object.keys(headers).length <= 20, "may hold at most 20 headers")
  .meta({
    description: "Sent with every request to the server. Sealed at once and never readable again",
    examples: [{ Authorization: "Bearer …" }],
  });

export const McpConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .max(2048)
    .meta({ description: "The server's MCP endpoint", examples: ["https://mcp.example.com/mcp"] }),
  transport: z
    .enum(["auto", "http", "sse"])
    .default("auto")
    .describe("`auto` finds out; `http` is Streamable HTTP; `sse` is the transport of 2024-11-05"),
  headers: SecretHeaders.optional(),
});

const name = plain(z.string().trim().min(1).max(80)).meta({
  description: "Unique in the team; the slug in tool names is made from it",
  examples: ["Tickets"],
});

export const CreateConnection = z
  .strictObject({
    connector: z.literal("mcp"),
    name,
    config: McpConfig,
    allowUnreachable: z
      .boolean()
      .default(false)
      .describe("Store the connection even if the server cannot be reached now"),
  })
  .meta({ id: "CreateConnection" });
export type CreateConnection = z.infer<typeof CreateConnection>;

export const UpdateConnection = z
  .strictObject({
    name: name.optional(),
    config: z
      .strictObject({
        url: McpConfig.shape.url.optional(),
        transport: z.enum(["auto", "http", "sse"]).optional(),
        headers: SecretHeaders.nullable()
          .optional()
          .describe("Replaces all headers; null removes them"),
      })
      .optional(),
    disabled: z
      .boolean()
      .optional()
      .describe("A disabled connection keeps its tools and runs none"),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.")
  .meta({ id: "UpdateConnection" });
export type UpdateConnection = z.infer<typeof UpdateConnection>;

export const ConnectionStatus = z.enum(["connected", "error", "disabled"]);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

export const ConnectionFault = z.object({ code: z.string(), message: z.string(), at: z.number() });
export type ConnectionFault = z.infer<typeof ConnectionFault>;

export const Connection = z
  .object({
    id: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    slug: z.string().meta({
      description: "Begins the names of its tools at `/mcp`; never changes",
      examples: ["tickets"],
    }),
    name: z.string().meta({ examples: ["Tickets"] }),
    connector: z.literal("mcp"),
    status: ConnectionStatus,
    config: z.object({
      url: z.string().meta({ examples: ["https://mcp.example.com/mcp"] }),
      transport: z.enum(["auto", "http", "sse"]),
      headerNames: z.array(z.string()).meta({
        description: "The names of its secret headers; their values never come back",
        examples: [["Authorization"]],
      }),
    }),
    server: z
      .object({
        name: z.string().meta({ examples: ["tickets-mcp"] }),
        title: z
          .string()
          .nullable()
          .meta({ examples: ["Tickets"] }),
        version: z
          .string()
          .nullable()
          .meta({ examples: ["1.4.0"] }),
        icons: Icons,
        websiteUrl: z
          .string()
          .nullable()
          .meta({ description: "An https address", examples: ["https://tickets.example.com"] }),
        protocolVersion: z.string().meta({ examples: ["2026-07-28"] }),
        era: z
          .enum(["modern", "legacy"])
          .describe("`modern`: stateless, from 2026-07-28 on. `legacy`: opens with `initialize`"),
        transport: z.enum(["http", "sse"]),
        instructions: z
          .string()
          .nullable()
          .meta({ examples: [null] }),
      })
      .nullable()
      .describe("What the server says of itself; null until the first sync has succeeded"),
    capabilities: z.record(z.string(), z.unknown()).meta({
      description: "As the server declares them",
      examples: [{ tools: { listChanged: true } }],
    }),
    counts: z
      .object({ tools: z.number(), resources: z.number(), prompts: z.number() })
      .meta({ description: "What it offers", examples: [{ tools: 12, resources: 3, prompts: 1 }] }),
    warnings: z.array(z.string()).meta({
      description: "What of the server's listing was left out and why, one sentence each",
      examples: [[]],
    }),
    restricted: z.boolean().meta({
      description: "Whether it is open to chosen roles and people only, see its access list",
      examples: [false],
    }),
    needsSecondFactor: z.boolean().meta({
      description: "Whether a call through it asks for a second factor behind its caller",
      examples: [false],
    }),
    responseTimeMs: z
      .number()
      .nullable()
      .meta({
        description: "From the first request to the server until it was known, at the last sync",
        examples: [87],
      }),
    lastError: ConnectionFault.nullable().meta({ examples: [null] }),
    lastSyncedAt: z
      .number()
      .nullable()
      .meta({ examples: [1793232000000] }),
    createdAt: z.number().meta({ examples: [1793232000000] }),
    updatedAt: z.number().meta({ examples: [1793232000000] }),
  })
  .meta({ id: "Connection" });
export type Connection = z.infer<typeof Connection>;

export const ConnectionPage = pageOf(Connection);
export const ConnectionQuery = PageQuery.extend({
  status: ConnectionStatus.optional().describe("Only the connections in this state"),
  query: z
    .string()
    .max(100)
    .optional()
    .describe("Words that must all stand in the name, slug or URL"),
});
export type ConnectionQuery = z.infer<typeof ConnectionQuery>;

export const ConnectionTest = z
  .object({
    ok: z.boolean().meta({ examples: [true] }),
    responseTimeMs: z.number().meta({ examples: [87] }),
    server: Connection.shape.server,
    capabilities: z.record(z.string(), z.unknown()),
    counts: Connection.shape.counts,
    error: ConnectionFault.nullable().meta({
      description: "Why it did not work; null when it did",
      examples: [null],
    }),
  })
  .meta({ id: "ConnectionTest" });
export type ConnectionTest = z.infer<typeof ConnectionTest>;
