import type { CreateJob } from "../../../shared/contracts/jobs";
import { openText, sealText } from "../../credentials";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { judgeUrl } from "../../platform/outbound";
import { outboundPolicy } from "../../platform/settings";
import { makeSecret } from "./callback-signature";

/** Where the end of a job is told, and what that is signed with. */
export type CallbackTarget = { url: string; secret: string };

const purpose = "job-callback";
/** A part of a path that is no word: many services have their token there. */
const madeUp = /[\w.~%-]{20,}/g;

/**
 * Where a job's end is to be told, ready to be kept: `url` may be read by everybody who sees the job, `sealed` holds the
 * whole URL and the secret. `secret` is the one that was made where the caller gave none. Throws `outbound_refused`
 * naming the field.
 */
export async function prepareCallback(
  ctx: Context,
  jobId: string,
  asked: CreateJob["callback"],
): Promise<{ callback: { url: string; sealed: string } | null; secret?: string }> {
  if (!asked) return { callback: null };
  const { href, origin, pathname } = requireCallable(ctx, asked.url);
  const made = asked.secret === undefined ? makeSecret() : undefined;
  const target: CallbackTarget = { url: href, secret: asked.secret ?? made ?? "" };
  const sealed = await sealText(ctx, { purpose, id: jobId }, target);
  return {
    callback: { url: origin + pathname.replace(madeUp, "…"), sealed },
    ...(made === undefined ? {} : { secret: made }),
  };
}

/** The rules of everything that leaves the hub, told of the field that breaks them. */
function requireCallable(ctx: Context, url: string): URL {
  const verdict = judgeUrl(url, outboundPolicy(ctx.env));
  if (verdict.ok) return verdict.url;
  throw new HubError("outbound_refused", `body.callback.url: ${verdict.reason}`, {
    details: { field: "body.callback.url" },
  });
}

/** Throws `internal` where the team's keys have changed since. */
export async function openCallback(
  asking: Pick<Context, "env" | "teamId">,
  jobId: string,
  sealed: string,
): Promise<CallbackTarget> {
  const { url = "", secret = "" } = await openText(asking, { purpose, id: jobId }, sealed);
  return { url, secret };
}
