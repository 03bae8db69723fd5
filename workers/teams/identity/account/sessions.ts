import { and, desc, eq, gt, ne } from "drizzle-orm";
import type { Session } from "../../../../shared/contracts/account";
import { bumpEpoch } from "../../../limits";
import { HubError } from "../../../platform/errors";
import { sessions } from "../../tables";
import { recordedFor } from "../events";
import type { PersonContext } from "../person";

const shown = 200;

/** A session that a team's identity provider opened knows of those of that team alone. */
const own = ({ personId, onlyTeamId }: PersonContext) =>
  and(
    eq(sessions.userId, personId),
    onlyTeamId === null ? undefined : eq(sessions.onlyTeamId, onlyTeamId),
  );

/** The person's sessions that go on, newest first; never their tokens. */
export async function listSessions(ctx: PersonContext): Promise<{ items: Session[] }> {
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(own(ctx), gt(sessions.expiresAt, new Date(ctx.now))))
    .orderBy(desc(sessions.id))
    .limit(shown);
  return {
    items: rows.map(({ id, createdAt, expiresAt, ipAddress, userAgent }) => ({
      id,
      current: id === ctx.sessionId,
      createdAt: createdAt.getTime(),
      expiresAt: expiresAt.getTime(),
      address: ipAddress || null,
      userAgent: userAgent || null,
    })),
  };
}

/** Ends one of the person's sessions; at once, wherever it is used. */
export async function endSession(ctx: PersonContext, id: string): Promise<void> {
  const row = await ctx.db
    .select({ teamId: sessions.teamId })
    .from(sessions)
    .where(and(eq(sessions.id, id), own(ctx)))
    .get();
  if (!row)
    throw new HubError(
      "not_found",
      "You have no such session. List yours: GET /api/v1/account/sessions.",
    );
  await remove(ctx, { id, teamId: row.teamId });
}

/** Ends every session of the person but the one that asks. */
export async function endOtherSessions(ctx: PersonContext): Promise<{ ended: number }> {
  const rows = await ctx.db
    .select({ id: sessions.id, teamId: sessions.teamId })
    .from(sessions)
    .where(and(own(ctx), ne(sessions.id, ctx.sessionId)));
  for (const row of rows) await remove(ctx, row);
  return { ended: rows.length };
}

async function remove(
  ctx: PersonContext,
  { id, teamId }: { id: string; teamId: string | null },
): Promise<void> {
  const { env, db, personId, sessionId } = ctx;
  await recordedFor(ctx.asking, {
    whom: { personId, sessionId, teamId },
    event: { action: "session.end", subjectId: id },
    statements: [
      db.delete(sessions).where(and(eq(sessions.id, id), eq(sessions.userId, personId))),
    ],
  });
  if (teamId !== null) await bumpEpoch({ env, teamId }, { ended: { sessionId: id } });
}
