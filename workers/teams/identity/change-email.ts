import { and, eq, like, sql } from "drizzle-orm";
import { newId } from "../../../shared/ids";
import { requireMail } from "../../mail";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { refusedNull, refusedTaken } from "../../platform/refused";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { randomText } from "../keys/api-key";
import { people, verifications } from "../tables";
import { shownEmail } from "./email";
import { recordedFor } from "./events";
import { emailChangedLetter, emailChangeLetter, knownAddressLetter } from "./letters";
import { hasRoom, mailRule, requireRoom } from "./lock-out";
import { requireFactorIfAny, type PersonContext } from "./person";
import { post } from "./post";

const linkMs = 60 * 60_000;
const nameOf = async (secret: string) => `email-change:${await sha256Hex(secret)}`;

/**
 * Mails a link to the new address; it changes nothing before the link is opened. Where somebody else has the address,
 * the answer is the same and the mail says so.
 */
export async function changeEmail(person: PersonContext, email: string): Promise<void> {
  const { env, db, personId, now, origin } = person;
  requireMail(env);
  await requireFactorIfAny(person, "Changing your email address");
  await requireRoom(env, [
    { name: `change-email/${personId}`, rule: { ...mailRule, failures: 10 } },
  ]);
  if (!(await hasRoom(env, { name: `change-email/${await sha256Hex(email)}`, rule: mailRule })))
    return;
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
      value: `${personId} ${email}`,
      expiresAt: new Date(now + linkMs),
      createdAt: at,
      updatedAt: at,
    }),
  ]);
  await post(env, emailChangeLetter({ origin, to: email, token }));
}

/** Spends the link of such a mail. False where it is none. Throws `link_used`, `link_expired`, `conflict`. */
export async function confirmEmailChange(asking: Asking, token: string): Promise<boolean> {
  const { env, now, request } = asking;
  const db = registryOf(env);
  const found = await db
    .select()
    .from(verifications)
    .where(eq(verifications.identifier, await nameOf(token)))
    .get();
  if (!found) return false;
  const [personId = "", email = ""] = found.value.split(" ");
  const person = await db.select().from(people).where(eq(people.id, personId)).get();
  if (!person || now >= found.expiresAt.getTime())
    throw new HubError("link_expired", "This link has expired. Ask for a new one in your profile.");
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
      db.delete(verifications).where(eq(verifications.id, found.id)),
    ],
  });
  await change.catch((error: unknown) => {
    throw refused(error);
  });
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
