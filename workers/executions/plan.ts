import type { ExecutionStatus } from "../../shared/contracts/executions";
import type { ConnectionRow } from "../connections";
import type { JsonObject, RpcError, RpcNotification } from "../connectors";
import type { LimitState } from "../limits";
import { requireSecondFactor, type Context } from "../platform/context";
import type { Cancellation } from "../platform/cancellation";
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
  /** What the ledger records as arguments. */
  recorded: unknown;
  idempotency: { key: string; hash: string } | null;
};

/** What a connection asks of whoever calls through it. Throws `second_factor_required`. */
export function requireFactorFor(ctx: Context, { name, needsSecondFactor }: ConnectionRow): void {
  if (needsSecondFactor) requireSecondFactor(ctx, `The connection ${name}`);
}

export type Caller = {
  surface: "rest" | "mcp";
  cancellation: Cancellation;
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
};

/** A plan on its way through: as which execution, for whom, and as the continuation of what. */
export type Admitting = {
  plan: Plan;
  caller: Caller;
  executionId: string;
  continuation: Continuation | undefined;
};
export type Admitted = Admitting & { limits: LimitState[] };
