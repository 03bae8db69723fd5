import * as z from "zod";
import { ErrorBody } from "./errors";
import { endedWell, executionId, ExecutionStatus } from "./executions";

/** Beside a result. */
export const Cached = z
  .object({
    at: z.number().meta({ description: "When its server gave it", examples: [1793231970000] }),
    stale: z.boolean().meta({
      description: "It is older than the tool wants it: its server fails at the moment",
      examples: [false],
    }),
  })
  .optional()
  .describe("Only of an answer that was kept from an earlier call");

export const CallResult = z
  .object({
    execution: z.object({
      id: executionId,
      status: ExecutionStatus.meta(endedWell),
      durationMs: z.number().meta({ examples: [142] }),
    }),
    cached: Cached,
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
