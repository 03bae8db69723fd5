import * as z from "zod";
import { Cached } from "./calls";
import {
  ExecutionActor,
  ExecutionContext,
  ExecutionEvent,
  ExecutionStatus,
  RecordedBody,
} from "./executions";
import { JobStatus } from "./job-status";
import { listOf, pageOf, pageQueryByNumber, pageQueryOf } from "./pages";
import { requestTime } from "./times";

export { JobStatus } from "./job-status";

const jobId = z.string().meta({ examples: ["job_01k5x8m0qv2h7c9d4e6f8g0h2j"] });
const executionId = z.string().meta({ examples: ["exe_01k5x8m0qv2h7c9d4e6f8g0h2j"] });
const reason = z.object({
  code: z.string().meta({ examples: ["upstream_unreachable"] }),
  message: z.string().meta({ examples: ["The server behind Reports could not be reached."] }),
});

/** How far the tool says it is (MCP progress). */
export const JobProgress = z.object({
  progress: z.number().meta({ description: "Grows as the tool goes on", examples: [40] }),
  total: z
    .number()
    .optional()
    .meta({
      description: "What `progress` will be at the end, where the tool knows",
      examples: [100],
    }),
  message: z
    .string()
    .optional()
    .meta({ examples: ["Reading page 40 of 100"] }),
  at: z.number().meta({ description: "When it said so", examples: [1793232000142] }),
});
export type JobProgress = z.infer<typeof JobProgress>;

export const JobCallback = z.object({
  url: z.string().meta({
    description:
      "Where the end of the job is told, without its query and what looks like a token in its path",
    examples: ["https://app.example.com/jobs/ended"],
  }),
  status: z.enum(["pending", "delivered", "failed"]).meta({
    description:
      "`pending`: the job has not ended, or a further attempt is due. `failed`: it is not tried again",
    examples: ["delivered"],
  }),
  attempts: z
    .number()
    .meta({ description: "How often it was tried to tell this end of the job", examples: [1] }),
  lastStatus: z
    .number()
    .nullable()
    .meta({
      description:
        "The HTTP status of the last answer; null where nothing answered, or nothing was tried",
      examples: [204],
    }),
  nextAt: z
    .number()
    .nullable()
    .meta({ description: "When it is tried next; null where it is not", examples: [null] }),
});
export type JobCallback = z.infer<typeof JobCallback>;

/** A call that goes on by itself: its id at once, its result later. */
export const Job = z
  .object({
    id: jobId,
    status: JobStatus,
    toolId: z.string().meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({
      description: "The tool's name, as the server knows it",
      examples: ["create_report"],
    }),
    connectionId: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    connectionSlug: z.string().meta({ examples: ["reports"] }),
    actor: ExecutionActor.describe("Who asked for it"),
    requestId: z.string().meta({ examples: ["req_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
    context: ExecutionContext,
    createdAt: z.number().meta({ examples: [1793232000000] }),
    startedAt: z
      .number()
      .nullable()
      .meta({ description: "When its first attempt began", examples: [1793232000031] }),
    finishedAt: z
      .number()
      .nullable()
      .meta({ examples: [null] }),
    nextAttemptAt: z
      .number()
      .nullable()
      .meta({
        description: "While it waits for a further attempt: when that is due",
        examples: [null],
      }),
    attempts: z
      .number()
      .meta({ description: "Attempts begun; each is an execution of its own", examples: [1] }),
    executionId: executionId.nullable().describe("The last attempt"),
    timeoutMs: z
      .number()
      .meta({ description: "Milliseconds one attempt may take", examples: [600_000] }),
    progress: JobProgress.nullable().describe("How far the tool says its last attempt is"),
    estimate: z
      .object({
        endsAt: z.number().meta({ examples: [1793232090000] }),
        basis: z.enum(["progress", "history"]).meta({ examples: ["progress"] }),
      })
      .nullable()
      .describe(
        "While it runs, when it will probably end: by its own `progress`, or by `history`, how long the tool took before",
      ),
    error: reason.nullable().meta({
      description: "Why it did not succeed, or why its last attempt did not",
      examples: [null],
    }),
    cancelRequestedAt: z
      .number()
      .nullable()
      .meta({ description: "When somebody cancelled it", examples: [null] }),
    callback: JobCallback.nullable(),
    notify: z.boolean().meta({
      description: "Whoever asked is told in their inbox when it ends",
      examples: [false],
    }),
    resultUntil: z
      .number()
      .nullable()
      .meta({
        description: "Until when arguments and result are kept, and it can be retried",
        examples: [null],
      }),
  })
  .meta({ id: "Job" });
export type Job = z.infer<typeof Job>;

export const JobDetail = Job.extend({
  arguments: RecordedBody.nullable().describe("As the ledger records them"),
  result: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({
      description:
        "The MCP CallToolResult, whole, for whoever asked for the job while it is kept; null for everybody else",
      examples: [{ content: [{ type: "text", text: "Report 2026-11" }] }],
    }),
  cached: Cached,
}).meta({ id: "JobDetail" });
export type JobDetail = z.infer<typeof JobDetail>;

export const CreateJob = z
  .strictObject({
    toolId: z
      .string()
      .max(100)
      .meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    arguments: z
      .record(z.string(), z.unknown())
      .default({})
      .meta({ description: "As the tool's schema has them", examples: [{ report: "2026-11" }] }),
    timeoutMs: z
      .number()
      .int()
      .min(100)
      .max(840_000)
      .optional()
      .meta({
        description:
          "Milliseconds one attempt may take; else the tool's own limit, at least ten minutes",
        examples: [600_000],
      }),
    callback: z
      .strictObject({
        url: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .meta({
            description: "Gets a signed POST when the job ends",
            examples: ["https://app.example.com/jobs/ended"],
          }),
        secret: z
          .string()
          .regex(
            /^whsec_(?=[^=]{32,86}={0,2}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
            "must be whsec_ and 24 to 64 bytes in Base64",
          )
          .optional()
          .describe("What to sign with (Standard Webhooks); else one is made and shown once"),
      })
      .optional(),
    notify: z
      .boolean()
      .default(false)
      .meta({
        description: "Whoever asks finds the job's end in their inbox, however soon it comes",
        examples: [false],
      }),
    resultSeconds: z
      .number()
      .int()
      .min(60)
      .max(604_800)
      .default(86_400)
      .meta({
        description: "How long arguments and result are kept after its end",
        examples: [86_400],
      }),
  })
  .meta({ id: "CreateJob" });
export type CreateJob = z.infer<typeof CreateJob>;

export const CreatedJob = Job.extend({
  callbackSecret: z
    .string()
    .optional()
    .describe("What the callback is signed with, where you gave no secret; it is shown only now"),
}).meta({ id: "CreatedJob" });
export type CreatedJob = z.infer<typeof CreatedJob>;

export const JobPage = pageOf(Job);

const filter = {
  tool: z.string().max(100).optional().describe("Only of this tool: its id"),
  connection: z.string().max(100).optional().describe("Only of this connection: its id or slug"),
  actor: z
    .string()
    .max(100)
    .optional()
    .describe("Only those this one asked for: a person's, a key's or a client's id"),
  since: requestTime("Only those made at or after it").optional(),
  until: requestTime("Only those made before it").optional(),
};
export const JobQuery = pageQueryOf("job").extend({
  status: listOf(JobStatus)
    .optional()
    .describe("Only those in one of these states, separated by commas"),
  ...filter,
});
export type JobQuery = z.infer<typeof JobQuery>;

/** Cancels or retries many. `preview` only counts. */
export const BulkJobs = z
  .strictObject({
    action: z.enum(["cancel", "retry"]).meta({ examples: ["cancel"] }),
    ids: z
      .array(z.string().max(100))
      .min(1)
      .max(500)
      .optional()
      .describe("Just these jobs. Give either `ids` or a `filter`"),
    filter: z
      .strictObject({
        status: z.array(JobStatus).min(1).optional().describe("Only those in one of these states"),
        ...filter,
      })
      .optional()
      .describe("Those it keeps; `{}` keeps all you may decide over"),
    preview: z
      .boolean()
      .default(false)
      .meta({ description: "Only count what it would be done to", examples: [true] }),
  })
  .meta({ id: "BulkJobs" });
export type BulkJobs = z.infer<typeof BulkJobs>;
/** As it is sent, with times as text. */
export type BulkJobsSent = z.input<typeof BulkJobs>;

export const BulkJobsDone = z
  .object({
    matched: z.number().meta({ description: "Those it can be done to", examples: [12] }),
    done: z.number().meta({ description: "Those it was done to; 0 for a preview", examples: [12] }),
    more: z
      .boolean()
      .meta({ description: "There may be further ones: ask once more", examples: [false] }),
  })
  .meta({ id: "BulkJobsDone" });
export type BulkJobsDone = z.infer<typeof BulkJobsDone>;

/** Something that happened to a job itself. What its attempts tell are events of their executions. */
export const JobEvent = z
  .object({
    seq: z
      .number()
      .meta({ description: "Grows by at least one with every event of the team", examples: [131] }),
    jobId,
    at: z.number().meta({ examples: [1793232000142] }),
    type: z
      .enum([
        "queued",
        "attempt_started",
        "attempt_ended",
        "retry_scheduled",
        "cancel_requested",
        "finished",
        "callback_delivered",
        "callback_failed",
      ])
      .meta({ examples: ["attempt_ended"] }),
    data: z.record(z.string(), z.unknown()).meta({
      examples: [
        { attempt: 1, executionId: "exe_01k5x8m0qv2h7c9d4e6f8g0h2j", status: "succeeded" },
      ],
    }),
  })
  .meta({ id: "JobEvent" });
export type JobEvent = z.infer<typeof JobEvent>;

/** Its own events and those of its attempts, oldest first. */
export const JobEventPage = pageOf(z.union([JobEvent, ExecutionEvent]));
export const JobEventQuery = pageQueryByNumber("evt~job_[0-9a-z]{26}");

/** What a callback URL is sent, signed by Standard Webhooks. */
export const JobEnded = z
  .object({
    type: z.literal("job.ended"),
    timestamp: z
      .string()
      .meta({ description: "When the job ended", examples: ["2026-11-21T12:00:00.000Z"] }),
    data: z.object({
      job: Job,
      result: z
        .record(z.string(), z.unknown())
        .nullable()
        .describe("The MCP CallToolResult; null where there is none, or it is too long to be sent"),
      cached: Cached,
      resultAt: z
        .string()
        .optional()
        .describe("Where a result is read that is too long to be sent: a path of the hub's API"),
      attempts: z.array(z.object({ executionId: z.string(), status: ExecutionStatus })),
    }),
  })
  .meta({ id: "JobEnded" });
export type JobEnded = z.infer<typeof JobEnded>;
