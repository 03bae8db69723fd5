import { and, eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { ConnectionStatus } from "../../shared/contracts/connections";
import { record, recorded, type Author } from "../audit";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { refusedNull } from "../platform/refused";
import { noticeStatements, settleStatement, tellPeople, type Matter } from "../notifications";
import * as matters from "./matters";
import { hasOutlived, nextStanding, type Next, type SignInEvent } from "./state";
import { asSystem } from "./system";
import { connections, type ConnectionRow } from "./tables";

type Marked = Pick<ConnectionRow, "id" | "credentialId"> & { version?: number };
type Marking = Pick<Author, "env" | "db" | "teamId" | "now" | "requestId"> &
  Partial<Pick<Context, "waitUntil">>;

const maxTries = 4;

/**
 * Writes down what happened to a connection's way of signing in: its status with an audit entry, what people should hear
 * of it, and what is mended by it. Of a credential that was replaced meanwhile nothing is said. Answers with the status
 * from then on; undefined where the connection is gone.
 */
export async function markSignIn(
  author: Marking,
  row: Marked,
  event: SignInEvent,
): Promise<ConnectionStatus | undefined> {
  for (let tries = 1; ; tries++) {
    const fresh = await readRow(author, row.id);
    if (!fresh) return undefined;
    const isOther =
      fresh.credentialId !== row.credentialId ||
      (row.version !== undefined && fresh.credentialVersion > row.version);
    if (isOther && event.kind !== "revoked") return fresh.status;
    const next = nextStanding({ ...fresh, since: fresh.rotatedAt }, event, author.now);
    if (isSame(fresh, next)) {
      if (event.kind === "worked" && hasOutlived(fresh, author.now))
        await record(asSystem(author), outlived(fresh));
      return fresh.status;
    }
    try {
      await write(author, { fresh, next, event });
      return next.status;
    } catch (error) {
      // Somebody else changed it in between: what is so now decides.
      if (!refusedNull(error, "connections.slug") || tries === maxTries) throw error;
    }
  }
}

const readRow = ({ db, teamId }: Marking, id: string) =>
  db
    .select()
    .from(connections)
    .where(and(eq(connections.id, id), eq(connections.teamId, teamId)))
    .get();

const isSame = (row: ConnectionRow, next: Next): boolean =>
  row.status === next.status &&
  row.errorCount === next.errorCount &&
  row.lastError?.code === next.lastError?.code;

type Step = { fresh: ConnectionRow; next: Next; event: SignInEvent };

async function write(author: Marking, { fresh, next, event }: Step): Promise<void> {
  const { db, teamId } = author;
  const moved = fresh.status !== next.status;
  const change = db
    .update(connections)
    .set({
      ...next,
      // Fails the batch where the row is another by now: D1 has no transaction in which to look first.
      slug: sql`CASE WHEN ${connections.status} = ${fresh.status} AND ${connections.credentialId} IS ${fresh.credentialId} THEN ${connections.slug} END`,
    })
    .where(and(eq(connections.id, fresh.id), eq(connections.teamId, teamId)));
  const late = hasOutlived({ ...fresh, ...next }, author.now);
  const matter = late ? undefined : matterOf({ fresh, next, event });
  const mended = (next.status === "connected" || late) && moved;
  if (!moved && !matter) return void (await change);
  const statements: [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]] = [
    change,
    ...(matter ? await noticeStatements(author, matter) : []),
    ...(mended || next.status === "revoked"
      ? [settleStatement(author, { subjectId: fresh.id, kinds: signInKinds })]
      : []),
  ];
  // That a server was down for a moment is no change of who may do what: no entry for that, as no entry for its return.
  const entry = entryOf({ fresh, next, event });
  const results = entry
    ? await recorded(asSystem(author), entry, statements)
    : await db.batch(statements);
  await bumpEpoch(author);
  const people = results.slice(1).flat() as { personId: string }[];
  await tellPeople(author, people);
  await tellPages(author, fresh.id);
}

const signInKinds = [
  "connection.expiring",
  "connection.needs_reauth",
  "connection.misconfigured",
] as const;

/** The entry by which `warnOfEnds` knows that a credential worked after its end. */
const outlived = ({ id }: ConnectionRow) => ({
  action: "connection.expiring",
  subjectId: id,
  details: { reason: "worked" },
});

function entryOf({ fresh, next, event }: Step) {
  if (fresh.status === next.status) return undefined;
  const reason = event.kind === "not_renewed" ? event.failure.kind : event.kind;
  const wasDead = fresh.status === "needs_reauth" && next.status === "connected";
  const isError = next.status === "error" && reason === "misconfigured";
  if (!["needs_reauth", "expiring"].includes(next.status) && !wasDead && !isError) return undefined;
  return {
    action: `connection.${next.status}`,
    subjectId: fresh.id,
    details: { reason },
    before: { status: fresh.status },
    after: { status: next.status },
  };
}

function matterOf({ fresh, next, event }: Step): Matter | undefined {
  if (event.kind === "not_renewed" && event.failure.kind === "misconfigured")
    return matters.misconfigured(fresh, event.failure.message);
  if (fresh.status === next.status) return undefined;
  if (next.status === "needs_reauth") return matters.needsReauth(fresh);
  if (next.status === "expiring") return matters.expiring(fresh);
  return undefined;
}

/** Open pages show it as it is now. One that does not hear of it loads it anew the next time. */
export async function tellPages(
  { env, teamId }: Pick<Author, "env" | "teamId">,
  connectionId: string,
): Promise<void> {
  try {
    await env.TEAM_LEDGER.getByName(teamId).tellEverybody({ type: "connection", connectionId });
  } catch (error) {
    log("warn", "connection.not_told", { teamId, connectionId, error: describeError(error) });
  }
}
