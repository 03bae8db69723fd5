import { record } from "../audit";
import { networkOf } from "../platform/address";
import type { Actor, Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { Lru } from "../platform/lru";
import { confirm } from "./authenticate";

const tellEveryMs = 60_000;

/** When the ledger was last told of a credential, by its id and the address it came from. */
const toldAt = new Lru<number>(10_000);

/**
 * Notes in the team's ledger that the caller's key, session or grant is used: at once when this isolate sees it first
 * from an address, then once a minute, always in the background. A use from a new place is recorded in the audit log.
 */
export function noteUse(ctx: Context): void {
  const key = `${credentialOf(ctx.actor)} ${ctx.address}`;
  const last = toldAt.get(key);
  if (last !== undefined && ctx.now - last < tellEveryMs) return;
  toldAt.set(key, ctx.now);
  ctx.waitUntil(tell(ctx));
}

/** What stands for the caller in lists of credentials: a key's id, a session's, or a grant's. */
const credentialOf = (actor: Actor): string => (actor.kind === "user" ? actor.sessionId : actor.id);

async function tell(ctx: Context): Promise<void> {
  const { actor, address, teamId, requestId } = ctx;
  const place = networkOf(address);
  try {
    // What the isolate remembers may be older than the credential's end: one that was cut off is not used.
    await confirm(ctx);
    const { newPlace } = await ctx.env.TEAM_LEDGER.getByName(teamId).seeCredential(teamId, {
      credentialId: credentialOf(actor),
      at: ctx.now,
      address,
      place,
      userAgent: ctx.userAgent?.slice(0, 300) ?? null,
    });
    // Where nothing says whence requests come, no place is another.
    if (newPlace && address !== "unknown")
      await record(ctx, {
        action: `${kinds[actor.kind]}.new_address`,
        subjectId: credentialOf(actor),
        details: { place },
      });
  } catch (error) {
    log("warn", "credential.use_not_noted", { requestId, teamId, error: describeError(error) });
  }
}

const kinds = {
  apiKey: "api_key",
  user: "session",
  mcpClient: "client",
  system: "system",
} satisfies Record<Actor["kind"], string>;
