import { and, eq, isNotNull, like, ne, sql } from "drizzle-orm";
import { newId } from "../../../shared/ids";
import { bumpEpoch } from "../../limits";
import { requireMail } from "../../mail";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { refusedNull, refusedTaken } from "../../platform/refused";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { randomText } from "../keys/api-key";
import { accounts, members, people, sessions, verifications } from "../tables";
import { shownEmail } from "./email";
import { recordedFor } from "./events";
import { forgetPending } from "./forget-pending";
import { emailChangedLetter, emailChangeLetter, knownAddressLetter } from "./letters";
import { attempt, byPassword, hasRoom, mailRule, requireRoom } from "./lock-out";
import { verifyPassword } from "./password";
import { requireFactorIfAny, requireRecent, type PersonContext } from "./person";
import { post } from "./post";

const linkMs = 60 * 60_000;
const nameOf = async (secret: string) => `email-change:${await sha256Hex(secret)}`;

export type NewEmail = { email: string; password?: string | undefined };

/**
 * Mails a link to the new address; it changes nothing before the link is opened. Where somebody else has the address,
 * the answer is the same and the mail says so.
 */
export async function changeEmail(
  person: PersonContext,
  { email, password }: NewEmail,
): Promise<void> {
  const { env, db, personId, sessionId, now, origin } = person;
  requireMail(env);
  await requireProof(person, password);
  await requireRoom(env, [
    { name: `change-email/${personId}`, rule: { ...mailRule, failures: 10 } },
  ]);
  const toAddress = { name: `change-email/${await sha256Hex(email)}`, rule: mailRule };
  if (!(await hasRoom(env, [toAddress]))) return;
  const taken = await db
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, email))
    .get();
  if (taken) return post(env, knownAddressLetter({ origin, to: email }));
  const token = randomText(32);
  const at = new Date(now);
  const older = and(
    like(verifications.identifier, "email-change:%"),
    like(verifications.value, `${personId} %`),
  );
  await db.batch([
    db.delete(verifications).where(older),
    db.insert(verifications).values({
      id: newId("ver", now),
      identifier: await nameOf(token),
      value: `${personId} ${email} ${sessionId}`,
      expiresAt: new Date(now + linkMs),
      createdAt: at,
      updatedAt: at,
    }),
  ]);
  await post(env, emailChangeLetter({ origin, to: email, token }));
}

/** Whoever has the address can set a new password: it takes the second factor, the password, or a recent sign-in. */
async function requireProof(person: PersonContext, password = ""): Promise<void> {
  const { env, db, personId } = person;
  if (await requireFactorIfAny(person, "Changing your email address")) return;
  const account = await db
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, personId), isNotNull(accounts.password)))
    .get();
  const hash = account?.hash;
  if (!hash) return requireRecent(person);
  await attempt(env, [byPassword(personId)], async () => {
    if (!(await verifyPassword({ hash, password })))
      throw new HubError("forbidden", "The password is not right.");
  });
}

/**
 * Spends the link of such a mail; every session but the one that asked for it ends. False where it is none. Throws
 * `link_used`, `link_expired`, `conflict`.
 */
export async function confirmEmailChange(asking: Asking, token: string): Promise<boolean> {
  const { env, now, request } = asking;
  const db = registryOf(env);
  const found = await db
    .select()
    .from(verifications)
    .where(eq(verifications.identifier, await nameOf(token)))
    .get();
  if (!found) return false;
  const [personId = "", email = "", sessionId = ""] = found.value.split(" ");
  const person = await db.select().from(people).where(eq(people.id, personId)).get();
  if (!person || now >= found.expiresAt.getTime())
    throw new HubError("link_expired", "This link has expired. Ask for a new one in your profile.");
  const others = and(eq(sessions.userId, personId), ne(sessions.id, sessionId));
  const [ended, joined] = await db.batch([
    db.select({ id: sessions.id, teamId: sessions.teamId }).from(sessions).where(others),
    db.select({ teamId: members.teamId }).from(members).where(eq(members.personId, personId)),
  ]);
  const change = recordedFor(asking, {
    whom: { personId },
    event: {
      action: "email.change",
      subjectId: personId,
      before: { email: shownEmail(person.email) },
      after: { email },
    },
    statements: [
      db
        .update(people)
        .set({
          // Of several that open the link at once, whoever comes second finds it gone.
          email: sql`(SELECT ${email} FROM ${verifications} WHERE ${verifications.id} = ${found.id})`,
          emailVerified: true,
          updatedAt: new Date(now),
        })
        .where(eq(people.id, personId)),
      // Links that set a password were sent to the address of before.
      forgetPending(db, personId),
      db.delete(sessions).where(others),
    ],
  });
  await change.catch((error: unknown) => {
    throw refused(error);
  });
  for (const { teamId } of joined) {
    const there = ended.filter((session) => session.teamId === teamId);
    await bumpEpoch({ env, teamId }, { ended: there.map(({ id }) => ({ sessionId: id })) });
  }
  await post(env, emailChangedLetter({ origin: new URL(request.url).origin, to: person.email }));
  return true;
}

function refused(error: unknown): unknown {
  if (refusedNull(error, "people.email"))
    return new HubError("link_used", "This link was used already.", { cause: error });
  if (refusedTaken(error, "people.email"))
    return new HubError("conflict", "Another account has this address by now.", { cause: error });
  return error;
}
