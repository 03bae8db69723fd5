import { and, asc, between, eq, gt, inArray, isNotNull, lte, ne, not, or, sql } from "drizzle-orm";
import { auditEntries } from "../audit/tables";
import { notify } from "../notifications";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { registryOf } from "../platform/registry";
import { askToken } from "./credential";
import { markSignIn } from "./mark";
import { rotated, rotationDue } from "./matters";
import { rotate, rotationOf } from "./rotate";
import { listedColumns, type ListedRow } from "./rows";
import { aheadOfUse } from "./renewal";
import { longestWarningMs } from "./state";
import { asSystem, withSystemContext } from "./system";
import { connections, type ConnectionRow } from "./tables";

const dayMs = 24 * 60 * 60_000;
const atOnce = 20;
/** Of one run: the next one goes on. */
const mostPages = 50;
/** What ended longer ago is renewed at its next use. */
const leftAloneMs = 7 * dayMs;

type Row = ConnectionRow;
const ids = { id: connections.id, expiresAt: connections.expiresAt };

/**
 * Every five minutes: renews tokens that are about to end, so that no call waits for it. Answers with how many asked
 * their session.
 */
export function renewAhead(env: Env, now: number): Promise<number> {
  const due = and(
    between(connections.expiresAt, now - leftAloneMs, now + aheadOfUse.ms),
    eq(connections.refreshes, true),
    inArray(connections.status, ["connected", "expiring", "error"]),
  );
  return eachByEnd(env, due, async (row) => {
    await askToken({ env, teamId: row.teamId }, row, { ahead: true });
  });
}

/**
 * Every five minutes: what ends soon and cannot be renewed is shown as expiring, what has ended as in need of a sign-in,
 * and its people hear of it. What was found to work after its end stays as it is. Answers with how many were looked at.
 */
export function warnOfEnds(env: Env, now: number): Promise<number> {
  const ending = and(
    between(connections.expiresAt, now - 30 * dayMs, now + longestWarningMs),
    eq(connections.refreshes, false),
    or(
      eq(connections.status, "connected"),
      and(eq(connections.status, "expiring"), lte(connections.expiresAt, now), not(workedSince)),
    ),
  );
  return eachByEnd(env, ending, async (row) => {
    const looked = { kind: "looked" } as const;
    await withSystemContext({ env, teamId: row.teamId, now }, (ctx) =>
      markSignIn(ctx, row, looked),
    );
  });
}

/** The audit log says so: no other end and no other credential has come since. */
const workedSince = sql`EXISTS (SELECT 1 FROM ${auditEntries} AS entry WHERE entry.team_id = connections.team_id AND entry.subject_id = connections.id AND entry.action = 'connection.expiring' AND entry.at >= connections.expires_at)`;

/**
 * Once a day: where a credential is to be replaced after so many days, the vendor makes another, if it does so when
 * asked; else whoever wants it replaced hears that the days are over.
 */
export async function remindOfRotation(env: Env, now: number): Promise<number> {
  const over = and(
    isNotNull(connections.rotateEveryDays),
    isNotNull(connections.credentialId),
    ne(connections.status, "disabled"),
    sql`${connections.rotatedAt} + ${connections.rotateEveryDays} * ${dayMs} <= ${now}`,
  );
  let reminded = 0;
  for (let page = 0, after = ""; page < mostPages; page++) {
    const rows = await registryOf(env)
      .select(listedColumns)
      .from(connections)
      .where(and(gt(connections.id, after), over))
      .orderBy(asc(connections.id))
      .limit(atOnce);
    await together(rows, (row) =>
      withSystemContext({ env, teamId: row.teamId, now }, async (ctx) => {
        const isDone = await rotatedByItself(ctx, row);
        await notify(asSystem(ctx), isDone ? rotated(row) : rotationDue(row));
      }),
    );
    reminded += rows.length;
    after = rows.at(-1)?.id ?? "";
    if (rows.length < atOnce) break;
  }
  return reminded;
}

async function rotatedByItself(ctx: Context, row: ListedRow): Promise<boolean> {
  if (!rotationOf(row)) return false;
  try {
    await rotate(ctx, row);
    return true;
  } catch (error) {
    log("warn", "connection.not_rotated", {
      teamId: row.teamId,
      connectionId: row.id,
      error: describeError(error),
    });
    return false;
  }
}

/** In the order of their ends, by the index, a page at a time. One that fails holds up no other. */
async function eachByEnd(
  env: Env,
  which: ReturnType<typeof and>,
  work: (row: Row) => Promise<void>,
): Promise<number> {
  const db = registryOf(env);
  const found = await db
    .select(ids)
    .from(connections)
    .where(which)
    .orderBy(asc(connections.expiresAt))
    .limit(atOnce * mostPages);
  for (let from = 0; from < found.length; from += atOnce) {
    const page = found.slice(from, from + atOnce).map(({ id }) => id);
    const rows = await db.select().from(connections).where(inArray(connections.id, page));
    await together(rows, work);
  }
  return found.length;
}

async function together<One extends Row>(
  rows: readonly One[],
  work: (row: One) => Promise<void>,
): Promise<void> {
  await Promise.all(
    rows.map(async (row) => {
      try {
        await work(row);
      } catch (error) {
        // What is foreseen, its session has written down already.
        if (error instanceof HubError) return;
        log("error", "connection.cron_failed", {
          teamId: row.teamId,
          connectionId: row.id,
          error: describeError(error),
        });
      }
    }),
  );
}
