import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { registryOf } from "../platform/registry";
import { members } from "../teams/tables";
import { removeConnection, type Forget } from "./delete";
import { systemContext, withSystemContext } from "./system";
import { connections } from "./tables";

const atOnce = 50;
const mostPages = 20;

/** Whose own it is does not belong to the team any more. */
const isLeft = sql`NOT EXISTS (SELECT 1 FROM ${members} AS m WHERE m.team_id = ${connections.teamId} AND m.person_id = ${connections.ownerId})`;

/**
 * Once a day: removes connections that were one person's own, after that person has left. At the vendor their access is
 * taken back where it can be. Answers with how many there were.
 */
export async function removeDeparted(env: Env, now: number, forget: Forget): Promise<number> {
  let removed = 0;
  for (let page = 0, after = ""; page < mostPages; page++) {
    const rows = await registryOf(env)
      .select()
      .from(connections)
      .where(and(gt(connections.id, after), isNotNull(connections.ownerId), isLeft))
      .orderBy(asc(connections.id))
      .limit(atOnce);
    for (const row of rows) {
      try {
        await withSystemContext({ env, teamId: row.teamId, now }, (ctx) =>
          removeConnection(ctx, row, forget),
        );
        removed += 1;
      } catch (error) {
        log("error", "connection.departed_not_removed", {
          teamId: row.teamId,
          connectionId: row.id,
          error: describeError(error),
        });
      }
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < atOnce) break;
  }
  return removed;
}

/** The same at once for somebody who has just left. What fails, the cron makes good. */
export async function removeOwnOf(ctx: Context, personId: string, forget: Forget): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(connections)
    .where(and(eq(connections.teamId, ctx.teamId), eq(connections.ownerId, personId), isLeft))
    .limit(atOnce);
  const { env, teamId, now, waitUntil } = ctx;
  for (const row of rows)
    await removeConnection(systemContext(env, teamId, { now, waitUntil }), row, forget);
}
