import * as z from "zod";
import { McpClient } from "./clients";
import { Execution, ExecutionEvent } from "./executions";
import { JobStatus } from "./job-status";

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
