import { openText, sealText } from "../credentials";
import { sessionKeyOf } from "../connections";
import type { JsonObject } from "../connectors";
import { canonicalJson } from "../platform/canonical-json";
import type { Context } from "../platform/context";
import { sha256Hex } from "../platform/encoding";
import { describeError, log } from "../platform/log";
import type { RunnableTool } from "../tools";
import type { Plan } from "./plan";

/** How long a plan's answer may be given again: as one of now, and as an older one while its server is down. */
export type Caching = { key: string; freshMs: number; staleMs: number };

/** A server's own result, as it was then. */
export type KeptResult = { at: number; result: JsonObject };

const mostCharacters = 256 * 1024;
/** A row of the ledger holds 2 MB. */
const mostSealed = 1_900_000;
const purpose = "cached-answer";

/**
 * Null for a tool whose answers are not kept. In the key stands everything that makes an answer another one: who asks,
 * by which credential, the tool as it was accepted and set, and the arguments.
 */
export async function cachingOf(
  ctx: Context,
  tool: RunnableTool,
  args: JsonObject,
): Promise<Caching | null> {
  const { cacheSeconds, staleSeconds } = tool;
  if (cacheSeconds === null && staleSeconds === null) return null;
  const key = await sha256Hex(
    canonicalJson([
      tool.id,
      tool.hash,
      [cacheSeconds, staleSeconds],
      sessionKeyOf(tool.connection),
      ctx.actor.personId ?? ctx.actor.id,
      args,
    ]),
  );
  return { key, freshMs: (cacheSeconds ?? 0) * 1000, staleMs: (staleSeconds ?? 0) * 1000 };
}

/** An answer that may still be given as if it came now. */
export async function findFresh(ctx: Context, plan: Plan): Promise<KeptResult | undefined> {
  if (!plan.caching || plan.caching.freshMs === 0) return undefined;
  return find(ctx, plan.caching, plan.caching.freshMs);
}

/** An older one, that may stand in while the server is down. */
export async function findStandIn(ctx: Context, plan: Plan): Promise<KeptResult | undefined> {
  if (!plan.caching || plan.caching.staleMs === 0) return undefined;
  return find(ctx, plan.caching, Math.max(plan.caching.staleMs, plan.caching.freshMs));
}

/** What cannot be read is no answer: the server is asked. */
async function find(ctx: Context, { key }: Caching, maxAgeMs: number) {
  try {
    const found = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).findAnswer(key);
    if (!found || Date.now() - found.at > maxAgeMs) return undefined;
    const { result = "" } = await openText(ctx, { purpose, id: key }, found.sealed);
    return { at: found.at, result: JSON.parse(result) as JsonObject };
  } catch (error) {
    log("warn", "answer.not_read", { teamId: ctx.teamId, error: describeError(error) });
    return undefined;
  }
}

/** Keeps an answer that succeeded, after it was given. */
export function keepAnswer(ctx: Context, plan: Plan, result: JsonObject): void {
  const { caching } = plan;
  if (!caching || result["isError"] === true) return;
  const text = JSON.stringify(result);
  if (text.length <= mostCharacters) ctx.waitUntil(keep(ctx, caching, text));
}

async function keep(ctx: Context, caching: Caching, result: string): Promise<void> {
  const { key, freshMs, staleMs } = caching;
  const at = Date.now();
  try {
    const sealed = await sealText(ctx, { purpose, id: key }, { result });
    if (sealed.length > mostSealed) return;
    const until = at + Math.max(freshMs, staleMs);
    await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).keepAnswer(ctx.teamId, key, {
      at,
      until,
      sealed,
    });
  } catch (error) {
    log("warn", "answer.not_kept", { teamId: ctx.teamId, error: describeError(error) });
  }
}
