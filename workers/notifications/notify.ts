import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Notice } from "../../shared/contracts/notices";
import { newId } from "../../shared/ids";
import type { Author } from "../audit";
import { describeError, log } from "../platform/log";
import { members } from "../teams/tables";
import { mailNotices } from "./mail";
import { notices } from "./tables";

/** What people should hear of. `matter` is the same for the same thing: each person hears of it once. */
export type Matter = Pick<Notice, "kind" | "subjectId" | "title" | "text" | "path"> & {
  matter: string;
  /** Of something personal its owner; else whoever made it and the team's owners and admins. */
  audience: { owner: string } | { maker: string | null };
};

type Writing = Pick<Author, "db" | "teamId" | "now">;
type Telling = Pick<Author, "env" | "db" | "teamId" | "now" | "requestId"> & {
  waitUntil?: (work: Promise<unknown>) => void;
};

/** More than so many people hear of nothing: the longest members do. */
const mostPeople = 50;
/** What comes back within this time after its mail is shown again, and not mailed again. */
const sameMatterMs = 60 * 60_000;
/** What only tells, and asks for nothing, is not mailed. */
const quiet: ReadonlySet<Notice["kind"]> = new Set([
  "connection.rotated",
  "job.ended",
  "limit.near",
]);

/** Puts it into the inbox of everybody it concerns, and mails it in the background. */
export async function notify(author: Telling, matter: Matter): Promise<void> {
  const [statement] = await noticeStatements(author, matter);
  await tellPeople(author, await statement);
}

/** The matter is mended: nobody need do anything any more. */
export async function settle(author: Telling, what: Settled): Promise<void> {
  await tellPeople(author, await settleStatement(author, what));
}

type Settled = { subjectId: string; kinds?: readonly Notice["kind"][] };

/**
 * The same as a statement for the batch of the change it belongs to, in a list, since a statement that is awaited runs.
 * `tellPeople` takes its rows once the batch is through.
 */
export async function noticeStatements(author: Writing, matter: Matter) {
  const { db, teamId, now } = author;
  const people = await audienceOf(author, matter.audience);
  const mailedAt = quiet.has(matter.kind) ? 0 : null;
  const rows = people.map((personId) => [newId("ntc", now), personId]);
  return [
    db
      .insert(notices)
      // One parameter for all of them: D1 takes a hundred. Without WHERE, ON would read as a join's.
      .select(
        sql`SELECT value ->> 0, ${teamId}, value ->> 1, ${matter.kind}, ${matter.subjectId}, ${matter.matter}, ${matter.title}, ${matter.text}, ${matter.path}, ${now}, NULL, NULL, ${mailedAt} FROM json_each(${JSON.stringify(rows)}) WHERE TRUE`,
      )
      .onConflictDoUpdate({
        target: [notices.teamId, notices.personId, notices.matter],
        set: {
          // Ids go by time: the list, the mail and the clearing of old ones take it for one that came now.
          id: sql`excluded.id`,
          settledAt: null,
          readAt: null,
          createdAt: now,
          title: matter.title,
          text: matter.text,
          mailedAt: sql`CASE WHEN ${notices.mailedAt} > ${now - sameMatterMs} THEN ${notices.mailedAt} ELSE ${mailedAt} END`,
        },
        setWhere: sql`${notices.settledAt} IS NOT NULL`,
      })
      .returning({ personId: notices.personId }),
  ] as const;
}

export function settleStatement({ db, teamId, now }: Writing, { subjectId, kinds }: Settled) {
  return db
    .update(notices)
    .set({ settledAt: now })
    .where(
      and(
        eq(notices.teamId, teamId),
        eq(notices.subjectId, subjectId),
        isNull(notices.settledAt),
        kinds && inArray(notices.kind, [...kinds]),
      ),
    )
    .returning({ personId: notices.personId });
}

/** Open pages of these people load their notices anew, and what is to be mailed goes out. What fails, the cron makes good. */
export async function tellPeople(
  author: Telling,
  rows: readonly { personId: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { env, teamId, requestId } = author;
  const people = rows.map(({ personId }) => personId);
  const work = Promise.all([
    env.TEAM_LEDGER.getByName(teamId).tellPeople(people, { type: "notices" }),
    mailNotices(env, author.now, { teamId }),
  ]).catch((error: unknown) =>
    log("warn", "notice.not_told", { requestId, teamId, error: describeError(error) }),
  );
  if (author.waitUntil) author.waitUntil(work);
  else await work;
}

async function audienceOf(
  { db, teamId }: Writing,
  audience: Matter["audience"],
): Promise<string[]> {
  const who =
    "owner" in audience
      ? eq(members.personId, audience.owner)
      : or(
          inArray(members.role, ["owner", "admin"]),
          audience.maker === null ? undefined : eq(members.personId, audience.maker),
        );
  const rows = await db
    .select({ personId: members.personId })
    .from(members)
    .where(and(eq(members.teamId, teamId), who))
    .orderBy(members.createdAt)
    .limit(mostPeople);
  return rows.map(({ personId }) => personId);
}
