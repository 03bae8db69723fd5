import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { lowestIdAt } from "../../shared/ids";
import { keepsMail, sendMail } from "../mail";
import { describeError, log } from "../platform/log";
import { registryOf } from "../platform/registry";
import { ownHosts } from "../platform/settings";
import { people } from "../teams/tables";
import { notices, type NoticeRow } from "./tables";

const atOnce = 50;
/** After so long nobody is helped by the mail any more. */
const givenUpMs = 3 * 24 * 60 * 60_000;

/**
 * Mails what is to be mailed and was not yet, the newest first, so that what cannot be sent holds nothing up: of one
 * team, or of all. A mail that fails stays to be sent; its key keeps it from going out twice. Answers with how many went.
 */
export async function mailNotices(
  env: Env,
  now: number,
  { teamId }: { teamId?: string } = {},
): Promise<number> {
  if (!env.PLUGBOARD_RESEND_KEY && !keepsMail(env)) return 0;
  const db = registryOf(env);
  const due = await db
    .select({ notice: notices, email: people.email, verified: people.emailVerified })
    .from(notices)
    .innerJoin(people, eq(people.id, notices.personId))
    .where(
      and(
        // Ids go by time: this is a range of the key.
        gt(notices.id, lowestIdAt("ntc", now - givenUpMs)),
        isNull(notices.mailedAt),
        isNull(notices.settledAt),
        teamId === undefined ? undefined : eq(notices.teamId, teamId),
      ),
    )
    .orderBy(desc(notices.id))
    .limit(atOnce);
  let sent = 0;
  for (const { notice, email, verified } of due) {
    try {
      const reachable = verified && !email.endsWith(".invalid");
      if (reachable) await sendMail(env, letterOf(env, notice, email));
      await db
        .update(notices)
        .set({ mailedAt: reachable ? now : 0 })
        .where(and(eq(notices.id, notice.id), eq(notices.teamId, notice.teamId)));
      if (reachable) sent += 1;
    } catch (error) {
      log("warn", "notice.not_mailed", { noticeId: notice.id, error: describeError(error) });
    }
  }
  return sent;
}

function letterOf(env: Env, notice: NoticeRow, to: string) {
  const [host] = ownHosts(env);
  const where =
    notice.path === null || host === undefined
      ? "Open the hub to see to it."
      : `See to it here: https://${host}${notice.path}`;
  return {
    to,
    subject: notice.title,
    text: `${notice.text}\n\n${where}\n`,
    key: `${notice.id}/${notice.createdAt}`,
  };
}
