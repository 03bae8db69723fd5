import { eq } from "drizzle-orm";
import type * as z from "zod";
import type {
  AuthDone,
  BackupCodes,
  ConfirmPassword,
  SecondFactorBegun,
  SignedInPerson,
  TotpUri,
  VerifyBackupCode,
  VerifyTotp,
} from "../../../shared/contracts/auth";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { liveSession } from "../principals/session";
import { verifications } from "../tables";
import { noteEvent } from "./events";
import { spendTotp } from "./factor-codes";
import { askLibrary, type Answer } from "./library/ask";
import { attempt, byAddress, byChallenge, byFactor, byPassword, type Attempt } from "./lock-out";
import {
  authenticatePerson,
  hasSecondFactor,
  noteOwn,
  requireFactorOrRecent,
  type PersonContext,
} from "./person";
import { signedIn, type Passed } from "./signed-in";
import { signedCookie } from "./signed-cookie";

type Confirm = z.infer<typeof ConfirmPassword>;

/** Asks the library for something it gives for the password, of whoever has one; guesses are counted. */
async function withPassword(
  { asking, personId }: PersonContext,
  path: string,
  input: Confirm,
): Promise<Answer> {
  const counted = input.password === undefined ? [] : [byPassword(personId)];
  return attempt(asking.env, counted, () =>
    askLibrary(asking, { method: "POST", path: `/two-factor/${path}`, body: input }),
  );
}

/** Makes a secret and recovery codes. They count once a first code was shown: `verify-totp`. */
export async function beginSecondFactor(
  asking: Asking,
  input: Confirm,
): Promise<Passed<z.infer<typeof SecondFactorBegun>>> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Setting up a second factor");
  const { body, cookies } = await withPassword(person, "enable", input);
  const { totpURI = "", backupCodes = [] } = body;
  return { body: { totpURI, backupCodes }, cookies };
}

export async function disableSecondFactor(
  asking: Asking,
  input: Confirm,
): Promise<Passed<z.infer<typeof AuthDone>>> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Switching your second factor off");
  const { cookies } = await withPassword(person, "disable", input);
  await noteOwn(person, { action: "second_factor.disable", subjectId: person.personId });
  return { body: { status: true }, cookies };
}

/** New recovery codes; the old ones count no more. */
export async function renewBackupCodes(
  asking: Asking,
  input: Confirm,
): Promise<Passed<z.infer<typeof BackupCodes>>> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Making new recovery codes");
  const { body, cookies } = await withPassword(person, "generate-backup-codes", input);
  await noteOwn(person, { action: "second_factor.renew_codes", subjectId: person.personId });
  return { body: { backupCodes: body.backupCodes ?? [] }, cookies };
}

export async function readTotpUri(
  asking: Asking,
  input: Confirm,
): Promise<Passed<z.infer<typeof TotpUri>>> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Showing the secret of your app");
  const { body, cookies } = await withPassword(person, "get-totp-uri", input);
  return { body: { totpURI: body.totpURI ?? "" }, cookies };
}

/**
 * Either the second step of signing in, or, with a session, the first code that switches the factor on. A code signs
 * in once.
 */
export async function verifyTotp(
  asking: Asking,
  input: z.infer<typeof VerifyTotp>,
): Promise<Passed<SignedInPerson>> {
  const session = await liveSession(asking);
  if (session) return switchOn(asking, input.code);
  const challenge = await challenged(asking);
  const { personId } = challenge;
  const answer = await withCode(asking, challenge, async () => {
    if (!(await spendTotp(asking.env, personId, input.code)))
      throw new HubError("unauthorized", "This code was used already. Enter the next one.");
    return askLibrary(asking, { method: "POST", path: "/two-factor/verify-totp", body: input });
  });
  return signedIn(asking, answer, "password and authenticator app");
}

async function switchOn(asking: Asking, code: string): Promise<Passed<SignedInPerson>> {
  const person = await authenticatePerson(asking);
  const { personId } = person;
  await requireFactorOrRecent(person, "Setting up a second factor");
  const counted = [byFactor(personId)];
  const answer = await withCode(asking, { personId, counted }, async () => {
    if (await hasSecondFactor(person))
      throw new HubError(
        "conflict",
        "Your second factor is on already. To show it again: POST /api/v1/account/second-factor.",
      );
    return askLibrary(asking, {
      method: "POST",
      path: "/two-factor/verify-totp",
      body: { code },
    });
  });
  await noteOwn(person, { action: "second_factor.enable", subjectId: personId });
  return { body: {}, cookies: answer.cookies };
}

/** The second step of signing in, with a recovery code; each is good once. */
export async function verifyBackupCode(
  asking: Asking,
  input: z.infer<typeof VerifyBackupCode>,
): Promise<Passed<SignedInPerson>> {
  if (await liveSession(asking))
    throw new HubError(
      "conflict",
      "You are signed in. To show your second factor again: POST /api/v1/account/second-factor.",
    );
  const answer = await withCode(asking, await challenged(asking), () =>
    askLibrary(asking, { method: "POST", path: "/two-factor/verify-backup-code", body: input }),
  );
  return signedIn(asking, answer, "password and recovery code");
}

type Shown = { personId: string; counted: Attempt[] };

async function withCode(
  asking: Asking,
  { personId, counted }: Shown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await attempt(asking.env, counted, work);
  } catch (error) {
    if (error instanceof HubError && error.code !== "conflict")
      await noteEvent(
        asking,
        { personId },
        {
          action: "session.create.failed",
          subjectId: personId,
          details: { by: "second factor", why: error.code },
        },
      );
    throw error;
  }
}

/** Who has shown their password and is asked for a code. Throws `unauthorized`. */
async function challenged({ env, request, now }: Asking): Promise<Shown> {
  const name = signedCookie(env, request, "two_factor");
  const row =
    name === undefined
      ? undefined
      : await registryOf(env)
          .select({ personId: verifications.value, expiresAt: verifications.expiresAt })
          .from(verifications)
          .where(eq(verifications.identifier, name))
          .get();
  if (row && now < row.expiresAt.getTime()) {
    const { personId } = row;
    return { personId, counted: [byChallenge(personId), ...byAddress(addressOf(env, request))] };
  }
  throw new HubError("unauthorized", "Sign in with your password again, then enter the code.");
}
