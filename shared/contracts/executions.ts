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

export const ExecutionActor = z.object({
  kind: z.enum(["apiKey", "system"]),
  id: z.string(),
  personId: z.string().nullable(),
});

/** One call of one tool, prompt, resource or completion, from admission to its end. */
export const Execution = z.object({
  id: z.string(),
  status: ExecutionStatus,
  /** The MCP method that ran: `tools/call`, `prompts/get`, `resources/read`, `completion/complete`. */
  method: z.string(),
  surface: z.enum(["rest", "mcp"]),
  toolId: z.string().nullable(),
  /** The name of the tool or prompt, or the resource's URI, as the server knows it. */
  name: z.string(),
  connectionId: z.string(),
  connectionSlug: z.string(),
  actor: ExecutionActor,
  requestId: z.string(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Milliseconds from the hub's receiving the call to its answer being ready. */
  durationMs: z.number().nullable(),
  /** Milliseconds of these spent waiting for the server. */
  upstreamMs: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Execution = z.infer<typeof Execution>;

/** A body of a record: kept whole up to a size, else its length and its beginning. */
export const RecordedBody = z.object({
  json: z.unknown().optional(),
  characters: z.number(),
  truncated: z.boolean(),
  preview: z.string().optional(),
});
export type RecordedBody = z.infer<typeof RecordedBody>;

export const ExecutionDetail = Execution.extend({
  arguments: RecordedBody.nullable(),
  result: RecordedBody.nullable(),
});
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;

export const ExecutionPage = pageOf(Execution);
export const ExecutionQuery = PageQuery.extend({
  status: ExecutionStatus.optional(),
  /** A tool's id. */
  tool: z.string().max(100).optional(),
  /** A connection's id or slug. */
  connection: z.string().max(100).optional(),
  /** Milliseconds since the epoch, or an ISO 8601 date: only executions begun at or after it. */
  since: z.string().max(40).optional(),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

export const ExecutionEvent = z.object({
  /** Grows by at least one with every event of the team. */
  seq: z.number(),
  executionId: z.string(),
  at: z.number(),
  type: z.enum(["started", "progress", "log", "input_required", "resumed", "finished"]),
  data: z.record(z.string(), z.unknown()),
});
export type ExecutionEvent = z.infer<typeof ExecutionEvent>;
export const ExecutionEventPage = pageOf(ExecutionEvent);
export const ExecutionEventQuery = PageQuery;

export const CallResult = z.object({
  execution: z.object({ id: z.string(), status: ExecutionStatus, durationMs: z.number() }),
  /** An MCP CallToolResult. */
  result: z.record(z.string(), z.unknown()),
});
export type CallResult = z.infer<typeof CallResult>;

/** A message of the live stream. `reset`: what you asked to be replayed is no longer kept; load the lists anew. */
export const LiveMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), seq: z.number() }),
  z.object({ type: z.literal("reset"), seq: z.number() }),
  z.object({
    type: z.literal("event"),
    seq: z.number(),
    event: ExecutionEvent,
    execution: Execution.nullable(),
  }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
