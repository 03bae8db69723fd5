import { and, eq, sql } from "drizzle-orm";
import { recorded, type Author } from "../../audit";
import { bumpEpoch } from "../../limits";
import { addressOf } from "../../platform/address";
import { describeError, log } from "../../platform/log";
import { refusedNull } from "../../platform/refused";
import type { Asking } from "../authenticate";
import { clientGrants } from "../tables";
import { visitOf } from "../visit";

export type GrantRow = typeof clientGrants.$inferSelect;

/** The client itself, as the author of what it does to its grant. */
export const authorOf = (asking: Asking, { id, teamId, personId }: GrantRow): Author => ({
  ...visitOf(asking),
  teamId,
  actor: { kind: "mcpClient", id, personId },
});

/**
 * Cuts a grant off, with the audit entry in the same batch, once: who comes second changes and writes nothing. From
 * the next request on, none of its tokens counts.
 */
export async function endGrant(
  author: Author,
  grant: Pick<GrantRow, "id" | "teamId">,
  event: { details?: Record<string, unknown>; before?: Record<string, unknown> },
): Promise<boolean> {
  const { db, now } = author;
  const ended = recorded(author, { ...event, action: "client.revoke", subjectId: grant.id }, [
    db
      .update(clientGrants)
      .set({
        revokedAt: now,
        createdAt: sql`CASE WHEN ${clientGrants.revokedAt} IS NULL THEN ${clientGrants.createdAt} END`,
      })
      .where(and(eq(clientGrants.id, grant.id), eq(clientGrants.teamId, grant.teamId))),
  ]).then(
    () => true,
    (error: unknown) => {
      if (refusedNull(error, "client_grants.created_at")) return false;
      throw error;
    },
  );
  if (!(await ended)) return false;
  await endGrants(author.env, grant.teamId, [grant]);
  return true;
}

/** What Workers remember of these grants is void. */
export async function endGrants(
  env: Env,
  teamId: string,
  grants: readonly { id: string }[],
): Promise<void> {
  if (grants.length === 0) return;
  await bumpEpoch({ env, teamId }, { ended: grants.map(({ id }) => ({ grantId: id })) });
}

/** Takes what the library keeps of these grants out of KV. Nothing depends on it: their rows no longer count. */
export async function forgetTokens(
  { env, request }: Pick<Asking, "env" | "request">,
  grants: readonly Pick<GrantRow, "id" | "personId">[],
): Promise<void> {
  if (grants.length === 0) return;
  try {
    const { issuerAt } = await import("./server");
    const { origin } = new URL(request.url);
    const { helpers } = issuerAt(env, origin, { address: addressOf(env, request) });
    const ended = new Set(grants.map(({ id }) => id));
    for (const personId of new Set(grants.map((grant) => grant.personId))) {
      let cursor: string | undefined;
      do {
        const page = await helpers.listUserGrants(personId, cursor === undefined ? {} : { cursor });
        for (const { id, metadata } of page.items)
          if (ended.has((metadata as { grantId?: string } | null)?.grantId ?? ""))
            await helpers.revokeGrant(id, personId);
        cursor = page.cursor;
      } while (cursor !== undefined);
    }
  } catch (error) {
    log("warn", "oauth.tokens_not_forgotten", { error: describeError(error) });
  }
}
