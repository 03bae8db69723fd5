import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Actor, Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { authSecret } from "../platform/settings";
import { actAs } from "./act-as";
import type { Asking } from "./authenticate";
import { countingFailures } from "./count-failures";
import { randomText } from "./keys/api-key";
import { noteUse } from "./note-use";
import { unauthorized } from "./principals/principal";

const goodForMs = 60_000;
const form = /^tkt_((team_[0-9a-z]{1,60})\.([0-9a-z]{1,12})\.[0-9A-Za-z]{32})\.([\w-]{43})$/;

/** Who asked for the ticket, what they might do then, and what the ticket is good for. */
type Holder = {
  actor: Actor;
  permissions: string[];
  hidden: string[];
  expiresAt: number | null;
  scope: string;
};

/**
 * A ticket stands for whoever asked for it, once and for a minute, in the address of a request that can carry no header.
 * `scope` comes back with it. The team's ledger keeps its hash and gives it out once. Throws `forbidden`, `rate_limited`.
 */
export async function issueTicket(
  ctx: Context,
  scope: string,
): Promise<{ ticket: string; expiresAt: number }> {
  const { actor, permissions, hidden, expiresAt, teamId } = ctx;
  if (actor.kind !== "user" && actor.kind !== "apiKey")
    throw new HubError(
      "forbidden",
      "A machine client gets no tickets. Send its token where it can send a header, or make the ticket with an API key.",
    );
  const until = Date.now() + goodForMs;
  const value = `${teamId}.${until.toString(36)}.${randomText(32)}`;
  const holder: Holder = {
    actor,
    permissions: [...permissions],
    hidden: [...hidden],
    expiresAt,
    scope,
  };
  const ledger = ctx.env.TEAM_LEDGER.getByName(teamId);
  const ticket = { hash: hashOf(value), until, holder: JSON.stringify(holder) };
  const keeping = await ledger.keepTicket(teamId, ticket);
  if (keeping !== "kept")
    throw new HubError(
      "rate_limited",
      keeping === "own_full"
        ? "Too many tickets of yours wait to be used. Use those you have, or try again in a minute."
        : "Too many tickets of your team wait to be used. Try again in a minute.",
      { details: { retryAfterSeconds: goodForMs / 1000 } },
    );
  return { ticket: `tkt_${value}.${signatureOf(ctx.env, value)}`, expiresAt: until };
}

/**
 * Who asks, by a ticket: as they stand now, and never with more than they might when they asked for it. The ticket is
 * used up, whatever comes of it. Throws `unauthorized`, `locked_out`, `forbidden`.
 */
export async function enterWithTicket(
  asking: Asking,
  ticket: string,
): Promise<{ ctx: Context; scope: string }> {
  const entered = await countingFailures(asking, () => take(asking, ticket), "ticket");
  noteUse(entered.ctx);
  return entered;
}

async function take(asking: Asking, ticket: string): Promise<{ ctx: Context; scope: string }> {
  const { env, now } = asking;
  const [, value = "", teamId = "", until = "", signature = ""] = form.exec(ticket) ?? [];
  // One that the hub did not sign costs no look into any team's ledger.
  if (!isSame(signature, signatureOf(env, value)) || Number.parseInt(until, 36) <= now)
    throw noTicket();
  const kept = await env.TEAM_LEDGER.getByName(teamId).takeTicket(hashOf(value));
  if (kept === null) throw noTicket();
  const holder = JSON.parse(kept) as Holder;
  const ctx = narrowed(await actAs(asking, { teamId, actor: holder.actor }), holder);
  if (ctx.expiresAt !== null && now >= ctx.expiresAt) throw noTicket();
  return { ctx, scope: holder.scope };
}

function narrowed(ctx: Context, holder: Holder): Context {
  const { permissions, hidden, expiresAt } = holder;
  const end = Math.min(expiresAt ?? Infinity, ctx.expiresAt ?? Infinity);
  return {
    ...ctx,
    permissions: new Set([...ctx.permissions].filter((one) => permissions.includes(one))),
    hidden: new Set([...ctx.hidden, ...hidden]),
    expiresAt: end === Infinity ? null : end,
    renew: async (epoch) => narrowed(await ctx.renew(epoch), holder),
  };
}

const noTicket = () =>
  unauthorized(
    "This ticket is not good: it was used, has expired, or is none. Ask for a new one with POST /api/v1/live/tickets.",
  );

const hashOf = (value: string): string => createHash("sha256").update(value).digest("hex");

const signatureOf = (env: Env, value: string): string =>
  createHmac("sha256", authSecret(env)).update(`ticket ${value}`).digest("base64url");

function isSame(shown: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
