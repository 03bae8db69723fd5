import type { ExecutionContext, ExecutionStatus } from "../../shared/contracts/executions";
import type { RecordBodies } from "../../shared/contracts/members";
import type { ConnectionRow } from "../connections";
import type { JsonObject, RpcError, RpcNotification } from "../connectors";
import type { LimitState } from "../limits";
import { requireSecondFactor, type Context } from "../platform/context";
import type { Cancellation } from "../platform/cancellation";
import type { Caching, KeptResult } from "./cached-answer";
import type { Continuation } from "./continuation";

/** One request to one server, ready to be admitted. */
export type Plan = {
  method: string;
  /** What the server is sent. */
  params: JsonObject;
  headers?: readonly [string, string][];
  connection: ConnectionRow;
  toolId: string | null;
  /** The name of the tool or prompt, or the resource's URI, as the server knows it. */
  name: string;
  timeoutMs: number;
  /** Its caller gives it less time than its tool has: that it was too little says nothing of the server. */
  hurried?: boolean;
  /** Units of the day's budget. */
  cost: number;
  /** What the ledger records as arguments. */
  recorded: unknown;
  /** What the team keeps of arguments and results. */
  keep: RecordBodies;
  /** Whether it may be sent a second time. */
  runsAgain: boolean;
  /** How its answer may be given again; null where it is not. */
  caching: Caching | null;
  idempotency: { key: string; hash: string } | null;
};

/** What a connection asks of whoever calls through it. Throws `second_factor_required`. */
export function requireFactorFor(ctx: Context, { name, needsSecondFactor }: ConnectionRow): void {
  if (needsSecondFactor) requireSecondFactor(ctx, `The connection ${name}`);
}

export type Caller = {
  surface: "rest" | "mcp" | "job";
  cancellation: Cancellation;
  /** Its limits were paid when it was asked for. */
  paid?: boolean;
  /** The longest answer it has room for, in bytes, where that is less than usual. */
  mostBytes?: number;
  /** The id of its execution, where whoever calls has to know it before. */
  executionId?: string;
  /** In the course of what it is called. */
  context?: ExecutionContext;
  /** The call is let through: its server is asked next. */
  onAdmitted?: (executionId: string, limits: LimitState[]) => void;
  onNotification?: (notification: RpcNotification) => void;
  /** The result as this surface gives it out, before it is written down. */
  present?: (result: JsonObject) => JsonObject;
};

export type Executed = {
  execution: { id: string; status: ExecutionStatus; durationMs: number };
  outcome:
    | { kind: "result"; result: JsonObject; /** `result` as JSON text. */ text: string }
    | { kind: "error"; error: RpcError };
  limits: LimitState[];
  cached?: Cached;
};

/** The answer is a kept one: from when, and whether it is older than the tool wants it. */
export type Cached = { at: number; stale: boolean };

/** A plan on its way through: as which execution, for whom, and as the continuation of what. */
export type Admitting = {
  plan: Plan;
  caller: Caller;
  executionId: string;
  continuation: Continuation | undefined;
  /** An earlier answer that is given: its server is not asked. */
  answer?: KeptResult | undefined;
};
export type Admitted = Admitting & {
  limits: LimitState[];
  /** The one call that shows whether its server works again. */
  probe?: true | undefined;
};
