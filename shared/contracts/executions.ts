import * as z from "zod";
import { listOf, pageOf, pageQueryByNumber, pageQueryOf } from "./pages";
import { requestTime } from "./times";

export const ExecutionStatus = z.enum([
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
]);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

const Surface = z.enum(["rest", "mcp", "job"]);

export const executionId = z.string().meta({ examples: ["exe_01k5x8m0qv2h7c9d4e6f8g0h2j"] });
export const endedWell = {
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

/** In the course of what a call ran, where it was not called by itself. */
export const ExecutionContext = z
  .object({
    jobId: z.string().optional().describe("The job whose attempt it is"),
    attempt: z.number().optional().describe("Which attempt of the job, from 1"),
    batchId: z.string().optional().describe("The batch it was called in"),
    replayOf: z
      .string()
      .optional()
      .describe("The execution it repeats, with the same arguments or others"),
    resumes: z.string().optional().describe("The execution it takes up again"),
    client: z.string().optional().describe("What the AI client calls itself"),
    chatId: z.string().optional(),
    workflowRunId: z.string().optional(),
    scheduleId: z.string().optional(),
    traceId: z.string().optional().describe("The W3C trace it belongs to"),
    spanId: z.string().optional().describe("Its own span there"),
  })
  .meta({ id: "ExecutionContext" });
export type ExecutionContext = z.infer<typeof ExecutionContext>;

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
    context: ExecutionContext,
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
  truncated: z
    .boolean()
    .describe("It was not kept whole: it was too long, or the team keeps no bodies"),
  preview: z.string().optional().describe("Its beginning, where it was too long to keep"),
  masked: z
    .boolean()
    .optional()
    .describe("Something in it was replaced: `[secret]`, `[email]`, `[card]` and the like"),
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
export const ExecutionQuery = pageQueryOf("exe").extend({
  status: listOf(ExecutionStatus)
    .optional()
    .describe("Only those in one of these states, separated by commas"),
  tool: z.string().max(100).optional().describe("Only of this tool: its id"),
  connection: z.string().max(100).optional().describe("Only of this connection: its id or slug"),
  surface: Surface.optional().describe("Only those that came in this way"),
  actor: z.string().max(100).optional().describe("Only of this caller: a person's or a key's id"),
  job: z.string().max(100).optional().describe("Only attempts of this job: its id"),
  query: z
    .string()
    .max(100)
    .optional()
    .describe("Only those in whose `name` this stands, upper and lower case alike"),
  since: requestTime("Only those begun at or after it").optional(),
  until: requestTime("Only those begun before it").optional(),
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
      .enum([
        "started",
        "credential_opened",
        "progress",
        "log",
        "input_required",
        "resumed",
        "retried",
        "answered_from_cache",
        "stop_requested",
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
export const ExecutionEventQuery = pageQueryByNumber("evt~exe_[0-9a-z]{26}");

/** A line a server wrote while a call ran. */
export const ExecutionLog = z
  .object({
    seq: z
      .number()
      .meta({ description: "Grows by at least one with every event of the team", examples: [127] }),
    at: z.number().meta({ examples: [1793232000098] }),
    level: z
      .string()
      .meta({ description: "As MCP names them: `debug` to `emergency`", examples: ["info"] }),
    logger: z
      .string()
      .nullable()
      .meta({ description: "The name the server gave it", examples: ["tickets"] }),
    data: z.unknown().meta({
      description: "What the server wrote, masked as the record is",
      examples: ["Ticket 4711 made"],
    }),
  })
  .meta({ id: "ExecutionLog" });
export type ExecutionLog = z.infer<typeof ExecutionLog>;
export const ExecutionLogPage = pageOf(ExecutionLog);
export const ExecutionLogQuery = pageQueryByNumber("log~exe_[0-9a-z]{26}");
