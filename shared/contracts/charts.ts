import * as z from "zod";
import { ExecutionStatus } from "./executions";
import { requestTime } from "./times";

export const ExecutionSummaryQuery = z.strictObject({
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
  })
  .meta({ id: "ExecutionSummary" });
export type ExecutionSummary = z.infer<typeof ExecutionSummary>;

/** What a series of time shows: how many, how they ended, how long they took. */
export const ExecutionSeriesQuery = z.strictObject({
  since: requestTime("The beginning, else a day ago").optional(),
  until: requestTime("The end, else now").optional(),
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
export const ExecutionTopQuery = z.strictObject({
  by: z
    .enum(["tool", "connection", "actor", "error"])
    .default("tool")
    .describe("What is counted apart"),
  since: requestTime("The beginning, else a day ago").optional(),
  until: requestTime("The end, else now").optional(),
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
