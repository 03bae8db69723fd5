import * as z from "zod";
import { ErrorBody } from "./errors";
import { McpClient } from "./clients";
import { JobStatus } from "./job-status";
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

const Surface = z.enum(["rest", "mcp", "job"]);

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
const when = "milliseconds since 1970, or an ISO 8601 date";
export const ExecutionQuery = PageQuery.extend({
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
      description:
        "The beginning of what was counted: a whole minute, or a whole hour where minutes are no longer kept",
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
      description: "Always false: all of them are counted, however many there are",
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
export const ExecutionEventQuery = PageQuery;

export const CallResult = z
  .object({
    execution: z.object({
      id: executionId,
      status: ExecutionStatus.meta(endedWell),
      durationMs: z.number().meta({ examples: [142] }),
    }),
    cached: z
      .object({
        at: z.number().meta({ description: "When its server gave it", examples: [1793231970000] }),
        stale: z.boolean().meta({
          description: "It is older than the tool wants it: its server fails at the moment",
          examples: [false],
        }),
      })
      .optional()
      .describe("Only of an answer that was kept from an earlier call"),
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

/** Calls that run side by side, each admitted and recorded for itself. */
export const BatchCall = z
  .strictObject({
    calls: z
      .array(
        z.strictObject({
          toolId: z
            .string()
            .max(100)
            .meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
          arguments: z
            .record(z.string(), z.unknown())
            .default({})
            .meta({ examples: [{ title: "The printer is on fire" }] }),
        }),
      )
      .min(1)
      .max(50),
    atOnce: z
      .number()
      .int()
      .min(1)
      .max(10)
      .default(5)
      .meta({ description: "How many run at the same time", examples: [5] }),
  })
  .meta({ id: "BatchCall" });
export type BatchCall = z.infer<typeof BatchCall>;

export const BatchResult = z
  .object({
    batchId: z.string().meta({
      description: "Also in the `context` of each execution",
      examples: ["bat_01k5x8m0qv2h7c9d4e6f8g0h2j"],
    }),
    results: z
      .array(z.union([CallResult, ErrorBody]))
      .describe("In the order of the calls: what each would have been answered with"),
    succeeded: z
      .number()
      .meta({ description: "Calls whose execution is `succeeded`", examples: [1] }),
    failed: z.number().meta({ description: "All others", examples: [0] }),
  })
  .meta({ id: "BatchResult" });
export type BatchResult = z.infer<typeof BatchResult>;

export const ReplayExecution = z
  .strictObject({
    arguments: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({
        description:
          "What to call with this time; else what it was called with then, where that was kept whole",
        examples: [{ title: "The printer is on fire" }],
      }),
  })
  .meta({ id: "ReplayExecution" });
export type ReplayExecution = z.infer<typeof ReplayExecution>;

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

/** A ticket for one live stream, for a browser that can send no header. */
export const LiveTicket = z
  .object({
    ticket: z.string().meta({
      description: "Good once, as `?ticket=` of the live stream",
      examples: ["tkt_team_01k5x8a1qv2h7c9d4e6f8g0h2j.mfx2k9ab.…"],
    }),
    expiresAt: z.number().meta({ examples: [1793232060000] }),
  })
  .meta({ id: "LiveTicket" });
export type LiveTicket = z.infer<typeof LiveTicket>;
export const CreateLiveTicket = z
  .strictObject({
    jobId: z
      .string()
      .max(100)
      .optional()
      .describe("Only what happens to this job and its attempts"),
    executionId: z.string().max(100).optional().describe("Only what happens to this execution"),
  })
  .meta({ id: "CreateLiveTicket" });
export type CreateLiveTicket = z.infer<typeof CreateLiveTicket>;

/** What a series of time shows: how many, how they ended, how long they took. */
export const ExecutionSeriesQuery = z.object({
  since: z.string().max(40).optional().describe(`The beginning, else a day ago: ${when}`),
  until: z.string().max(40).optional().describe(`The end, else now: ${when}`),
  unit: z
    .enum(["minute", "hour", "day"])
    .optional()
    .describe(
      "What each point stands for; else the finest that is kept and gives at most 200 points",
    ),
  tool: z.string().max(100).optional().describe("Only of this tool: its id"),
  connection: z.string().max(100).optional().describe("Only of this connection: its id or slug"),
  actor: z
    .string()
    .max(100)
    .optional()
    .describe("Only of this caller: a person's or a key's id. Not together with `tool`"),
});
export type ExecutionSeriesQuery = z.infer<typeof ExecutionSeriesQuery>;
const counts = {
  total: z.number().meta({ examples: [1284] }),
  failed: z
    .number()
    .meta({ description: "Those that are `failed`, `timed_out` or `lost`", examples: [17] }),
  p50Ms: z
    .number()
    .nullable()
    .meta({
      description: "Half of them took at most this long; null where there are none",
      examples: [84],
    }),
  p95Ms: z
    .number()
    .nullable()
    .meta({ description: "The same of 95 in a hundred", examples: [412] }),
};
export const ExecutionSeries = z
  .object({
    unit: z.enum(["minute", "hour", "day"]).meta({ examples: ["hour"] }),
    points: z.array(
      z.object({
        at: z
          .number()
          .meta({ description: "When this minute, hour or day began", examples: [1793230800000] }),
        ...counts,
        byStatus: z
          .partialRecord(ExecutionStatus, z.number())
          .meta({ examples: [{ succeeded: 1267, failed: 17 }] }),
      }),
    ),
  })
  .meta({ id: "ExecutionSeries" });
export type ExecutionSeries = z.infer<typeof ExecutionSeries>;
export const ExecutionTopQuery = z.object({
  by: z
    .enum(["tool", "connection", "actor", "error"])
    .default("tool")
    .describe("What is counted apart"),
  since: z.string().max(40).optional().describe(`The beginning, else a day ago: ${when}`),
  until: z.string().max(40).optional().describe(`The end, else now: ${when}`),
  limit: z.coerce.number().int().min(1).max(50).default(10).describe("How many are listed"),
});
export type ExecutionTopQuery = z.infer<typeof ExecutionTopQuery>;
export const ExecutionTop = z
  .object({
    items: z.array(
      z.object({
        key: z.string().meta({
          description: "The id of the tool, connection or caller, or the code of the error",
          examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"],
        }),
        name: z.string().meta({ description: "How that is called", examples: ["create_ticket"] }),
        ...counts,
      }),
    ),
  })
  .meta({ id: "ExecutionTop" });
export type ExecutionTop = z.infer<typeof ExecutionTop>;

/** Executions that were moved out of the ledger, a file of compressed JSON lines. */
export const ArchiveFile = z
  .object({
    name: z.string().meta({
      description: "What it is read by",
      examples: ["exe_01k1aaw000qv2h7c9d4e6f8g0h-exe_01k1dve000qv2h7c9d4e6f8g0h.jsonl.gz"],
    }),
    size: z.number().meta({ description: "In bytes", examples: [184_320] }),
    executions: z.number().meta({ description: "How many are in it", examples: [2000] }),
    from: z
      .number()
      .meta({ description: "When the first of them began", examples: [1785456000000] }),
    to: z.number().meta({ description: "When the last of them began", examples: [1785542400000] }),
  })
  .meta({ id: "ArchiveFile" });
export type ArchiveFile = z.infer<typeof ArchiveFile>;
export const ArchiveFilePage = pageOf(ArchiveFile);

const jobId = z.string().meta({ examples: ["job_01k5x8m0qv2h7c9d4e6f8g0h2j"] });

/** Just enough of a job for a list that is shown live; its whole is asked for. */
export const LiveJob = z
  .object({
    id: jobId,
    status: JobStatus,
    toolId: z.string().meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({ examples: ["create_report"] }),
    connectionId: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    connectionSlug: z.string().meta({ examples: ["reports"] }),
    createdAt: z.number().meta({ examples: [1793232000000] }),
    finishedAt: z
      .number()
      .nullable()
      .meta({ examples: [null] }),
    attempts: z.number().meta({ examples: [1] }),
    progress: z
      .object({
        progress: z.number().meta({ examples: [40] }),
        total: z
          .number()
          .optional()
          .meta({ examples: [100] }),
        message: z.string().optional(),
      })
      .nullable(),
  })
  .meta({ id: "LiveJob" });
export type LiveJob = z.infer<typeof LiveJob>;

/** A message of the live stream. */
export const LiveMessage = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("hello"),
      seq: z.number().meta({ description: "The newest sequence number", examples: [128] }),
    }),
    z
      .object({
        type: z.literal("reset"),
        seq: z.number().meta({ description: "Go on from here", examples: [128] }),
      })
      .describe("Something passed you by that is not replayed: load the lists anew"),
    z.object({
      type: z.literal("event"),
      seq: z.number().meta({ examples: [128] }),
      event: ExecutionEvent,
      execution: Execution.nullable().describe("The execution as it is now"),
    }),
    z
      .object({
        type: z.literal("job"),
        seq: z.number().meta({ examples: [131] }),
        event: z.object({
          seq: z.number().meta({ examples: [131] }),
          jobId,
          at: z.number().meta({ examples: [1793232000142] }),
          type: z.string().meta({
            description: "As of a job's events; `progress` where its attempt says how far it is",
            examples: ["attempt_ended"],
          }),
          data: z
            .record(z.string(), z.unknown())
            .meta({ examples: [{ attempt: 1, status: "succeeded" }] }),
        }),
        job: LiveJob.nullable().describe("The job as it is now"),
      })
      .describe("Something happened to a job"),
    z
      .object({ type: z.literal("limits") })
      .describe("Limits, plan or breakers have changed: load them anew"),
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
