import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

export const ExecutionStatus = z.enum([
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
]);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

const executionId = z.string().meta({ examples: ["exe_01k5x8m0qv2h7c9d4e6f8g0h2j"] });
const endedWell = {
  description:
    "`lost`: the hub was interrupted before the answer was recorded. `timed_out` and `lost` calls may have taken effect",
  examples: ["succeeded"],
};

export const ExecutionActor = z.object({
  kind: z.enum(["apiKey", "system"]),
  id: z.string().meta({ examples: ["key_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
  personId: z
    .string()
    .nullable()
    .meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
});

/** One call of one tool, prompt, resource or completion, from admission to its end. */
export const Execution = z
  .object({
    id: executionId,
    status: ExecutionStatus.meta(endedWell),
    method: z.string().meta({
      description:
        "The MCP method that ran: `tools/call`, `prompts/get`, `resources/read` or `completion/complete`",
      examples: ["tools/call"],
    }),
    surface: z.enum(["rest", "mcp"]).describe("Where the call came in"),
    toolId: z
      .string()
      .nullable()
      .meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({
      description: "The name of the tool or prompt, or the resource's URI, as the server knows it",
      examples: ["create_ticket"],
    }),
    connectionId: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    connectionSlug: z.string().meta({ examples: ["tickets"] }),
    actor: ExecutionActor.describe("Who called"),
    requestId: z.string().meta({ examples: ["req_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
    startedAt: z.number().meta({ examples: [1793232000000] }),
    finishedAt: z
      .number()
      .nullable()
      .meta({ examples: [1793232000142] }),
    durationMs: z
      .number()
      .nullable()
      .meta({
        description: "From the hub's receiving the call to its answer being ready",
        examples: [142],
      }),
    upstreamMs: z
      .number()
      .nullable()
      .meta({ description: "The part of it spent waiting for the server", examples: [136] }),
    error: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ examples: [null] }),
  })
  .meta({ id: "Execution" });
export type Execution = z.infer<typeof Execution>;

/** A body of a record: kept whole up to a size, else its length and its beginning. */
export const RecordedBody = z.object({
  json: z.unknown().optional().describe("The body, where it was kept whole"),
  characters: z.number().describe("Its length as JSON text"),
  truncated: z.boolean(),
  preview: z.string().optional().describe("Its beginning, where it was too long to keep"),
});
export type RecordedBody = z.infer<typeof RecordedBody>;

export const ExecutionDetail = Execution.extend({
  arguments: RecordedBody.nullable().meta({
    examples: [{ json: { title: "The printer is on fire" }, characters: 34, truncated: false }],
  }),
  result: RecordedBody.nullable().meta({
    examples: [
      {
        json: { content: [{ type: "text", text: "Ticket 4711" }] },
        characters: 52,
        truncated: false,
      },
    ],
  }),
}).meta({ id: "ExecutionDetail" });
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;

export const ExecutionPage = pageOf(Execution);
export const ExecutionQuery = PageQuery.extend({
  status: ExecutionStatus.optional(),
  tool: z.string().max(100).optional().describe("Only of this tool: its id"),
  connection: z.string().max(100).optional().describe("Only of this connection: its id or slug"),
  since: z
    .string()
    .max(40)
    .optional()
    .describe("Only those begun at or after it: milliseconds since 1970, or an ISO 8601 date"),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

export const ExecutionEvent = z
  .object({
    seq: z
      .number()
      .meta({ description: "Grows by at least one with every event of the team", examples: [128] }),
    executionId,
    at: z.number().meta({ examples: [1793232000142] }),
    type: z
      .enum(["started", "progress", "log", "input_required", "resumed", "finished"])
      .meta({ examples: ["finished"] }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ examples: [{ status: "succeeded", durationMs: 142 }] }),
  })
  .meta({ id: "ExecutionEvent" });
export type ExecutionEvent = z.infer<typeof ExecutionEvent>;
export const ExecutionEventPage = pageOf(ExecutionEvent);
export const ExecutionEventQuery = PageQuery;

export const CallResult = z
  .object({
    execution: z.object({
      id: executionId,
      status: ExecutionStatus.meta(endedWell),
      durationMs: z.number().meta({ examples: [142] }),
    }),
    result: z.record(z.string(), z.unknown()).meta({
      description:
        "The server's MCP CallToolResult: `content`, and `structuredContent` or `isError` where it has them",
      examples: [{ content: [{ type: "text", text: "Ticket 4711" }] }],
    }),
  })
  .meta({ id: "CallResult" });
export type CallResult = z.infer<typeof CallResult>;

/** A message of the live stream. `reset`: what you asked to be replayed is no longer kept; load the lists anew. */
export const LiveMessage = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("hello"), seq: z.number() }),
    z.object({ type: z.literal("reset"), seq: z.number() }),
    z.object({
      type: z.literal("event"),
      seq: z.number(),
      event: ExecutionEvent,
      execution: Execution.nullable().describe("The execution as it is now"),
    }),
  ])
  .meta({ id: "LiveMessage" });
export type LiveMessage = z.infer<typeof LiveMessage>;
