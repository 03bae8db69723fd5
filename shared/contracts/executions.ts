import * as z from "zod";
import { ErrorBody } from "./errors";
import { McpClient } from "./clients";
import { listOf, PageQuery, pageOf } from "./pages";

export const ExecutionStatus = z.enum([
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
]);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

const Surface = z.enum(["rest", "mcp"]);

const executionId = z.string().meta({ examples: ["exe_01k5x8m0qv2h7c9d4e6f8g0h2j"] });
const endedWell = {
  description:
    "`lost`: the hub was interrupted before the answer was recorded. `timed_out` and `lost` calls may have taken effect",
  examples: ["succeeded"],
};

export const ExecutionActor = z.object({
  kind: z.enum(["apiKey", "user", "mcpClient", "system"]),
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
    surface: Surface.describe("Where the call came in"),
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
    admittedMs: z
      .number()
      .nullable()
      .meta({
        description: "The part of it before the server was asked: checks, limits, the record",
        examples: [3],
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
const when = "milliseconds since 1970, or an ISO 8601 date";
export const ExecutionQuery = PageQuery.extend({
  status: listOf(ExecutionStatus)
    .optional()
    .describe("Only those in one of these states, separated by commas"),
  tool: z.string().max(100).optional().describe("Only of this tool: its id"),
  connection: z.string().max(100).optional().describe("Only of this connection: its id or slug"),
  surface: Surface.optional().describe("Only those that came in this way"),
  actor: z.string().max(100).optional().describe("Only of this caller: a person's or a key's id"),
  query: z
    .string()
    .max(100)
    .optional()
    .describe("Only those in whose `name` this stands, upper and lower case alike"),
  since: z.string().max(40).optional().describe(`Only those begun at or after it: ${when}`),
  until: z.string().max(40).optional().describe(`Only those begun before it: ${when}`),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

export const ExecutionSummaryQuery = z.object({
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe("How far back, in whole hours"),
});
export const ExecutionSummary = z
  .object({
    since: z.number().meta({
      description: "The beginning of what was counted",
      examples: [1793145600000],
    }),
    total: z.number().meta({ examples: [1284] }),
    failed: z.number().meta({
      description: "Those that are `failed`, `timed_out` or `lost`",
      examples: [17],
    }),
    byStatus: z.record(ExecutionStatus, z.number()).meta({
      examples: [{ running: 2, succeeded: 1262, failed: 15, timed_out: 2, cancelled: 3, lost: 0 }],
    }),
    p50Ms: z
      .number()
      .nullable()
      .meta({
        description: "Half of those that have ended took at most this long; null when none has",
        examples: [84],
      }),
    p95Ms: z
      .number()
      .nullable()
      .meta({ description: "The same of 95 in a hundred", examples: [412] }),
    truncated: z.boolean().meta({
      description: "True where there were more than 10,000: then only the newest are counted",
      examples: [false],
    }),
  })
  .meta({ id: "ExecutionSummary" });
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;

export const ExecutionEvent = z
  .object({
    seq: z
      .number()
      .meta({ description: "Grows by at least one with every event of the team", examples: [128] }),
    executionId,
    at: z.number().meta({ examples: [1793232000142] }),
    type: z
      .enum([
        "started",
        "credential_opened",
        "progress",
        "log",
        "input_required",
        "resumed",
        "finished",
      ])
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

/** What a streamed call says. `result` or `error` comes last, and exactly once. */
export const CallEvent = z
  .discriminatedUnion("event", [
    z.object({
      event: z.literal("started"),
      data: z.object({ executionId, requestId: z.string() }),
    }),
    z.object({
      event: z.literal("progress"),
      data: z.object({
        progress: z.number(),
        total: z.number().optional(),
        message: z.string().optional(),
      }),
    }),
    z.object({
      event: z.literal("log"),
      data: z.object({ level: z.string(), logger: z.string().optional(), data: z.unknown() }),
    }),
    z.object({ event: z.literal("result"), data: CallResult }),
    z.object({ event: z.literal("error"), data: ErrorBody }),
  ])
  .meta({ id: "CallEvent" });
export type CallEvent = z.infer<typeof CallEvent>;

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
    z.object({ type: z.literal("client"), client: McpClient }),
    z
      .object({ type: z.literal("connection"), connectionId: z.string() })
      .describe("It stands otherwise now: load it anew"),
    z
      .object({ type: z.literal("notices") })
      .describe("Your own notices have changed: load them anew"),
  ])
  .meta({ id: "LiveMessage" });
export type LiveMessage = z.infer<typeof LiveMessage>;
