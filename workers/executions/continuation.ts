import { createHash } from "node:crypto";
import * as z from "zod";
import { openText, sealText } from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import type { Plan } from "./plan";

/**
 * What a caller brings back with its input: which call goes on, in which round, and the server's own state. Sealed for
 * one team and one caller, so that nobody can make one, alter one, or use another's.
 */
const Continuation = z.object({
  executionId: z.string(),
  round: z.number().int(),
  method: z.string(),
  connectionId: z.string(),
  name: z.string(),
  /** What was asked for: a call that goes on is the same call. */
  request: z.string(),
  actorId: z.string(),
  /** Undefined when the server sent none. */
  serverState: z.string().optional(),
  expiresAt: z.number(),
});
export type Continuation = z.infer<typeof Continuation>;

export function requestHash(plan: Pick<Plan, "recorded">): string {
  return createHash("sha256")
    .update(JSON.stringify(plan.recorded ?? null))
    .digest("base64url");
}

const goodForMs = 10 * 60_000;
const place = { purpose: "request-state", id: "call" };

export async function sealContinuation(
  ctx: Context,
  continuation: Omit<Continuation, "actorId" | "expiresAt">,
): Promise<string> {
  const whole: Continuation = {
    ...continuation,
    actorId: ctx.actor.id,
    expiresAt: Date.now() + goodForMs,
  };
  return sealText(ctx, place, { continuation: JSON.stringify(whole) });
}

/** Throws `invalid_input` on a state that is not this caller's, for another call, altered, or older than ten minutes. */
export async function openContinuation(
  ctx: Context,
  requestState: unknown,
  call: Pick<Continuation, "method" | "connectionId" | "name" | "request">,
): Promise<Continuation> {
  const refused = (cause?: unknown) =>
    new HubError(
      "invalid_input",
      "requestState: this state is not valid for this call. Send back exactly what the last answer held, within ten minutes, or call anew without it.",
      { cause },
    );
  if (typeof requestState !== "string") throw refused();
  const opened = await openText(ctx, place, requestState).catch((cause: unknown) => {
    throw cause instanceof HubError ? refused(cause) : cause;
  });
  const continuation = Continuation.parse(JSON.parse(opened["continuation"] ?? ""));
  const same =
    continuation.actorId === ctx.actor.id &&
    continuation.method === call.method &&
    continuation.connectionId === call.connectionId &&
    continuation.name === call.name &&
    continuation.request === call.request;
  if (!same || continuation.expiresAt < Date.now()) throw refused();
  return continuation;
}
