import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod";
import type {
  AuthDone,
  Passkey,
  PasskeyOptions,
  RegisterPasskey,
  RenamePasskey,
  SignedInPerson,
  SignInWithPasskey,
} from "../../../shared/contracts/auth";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { passkeys } from "../tables";
import { askLibrary } from "./library/ask";
import { attempt, beginRule, byAddress, requireRoom } from "./lock-out";
import {
  authenticatePerson,
  noteOwn,
  requireFactorOrRecent,
  requireOwnSession,
  type PersonContext,
} from "./person";
import { signedIn, type Passed } from "./signed-in";

type Options = z.infer<typeof PasskeyOptions>;

/** A passkey counts as a second factor, so whoever has one shows it before they add a passkey. */
async function adding(asking: Asking): Promise<PersonContext> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Adding a passkey");
  return person;
}

export async function beginPasskey(asking: Asking): Promise<Passed<Options>> {
  await adding(asking);
  return askLibrary(asking, { method: "GET", path: "/passkey/generate-register-options" });
}

export async function addPasskey(
  asking: Asking,
  input: z.infer<typeof RegisterPasskey>,
): Promise<Passed<Passkey>> {
  const person = await adding(asking);
  const { body, cookies } = await askLibrary(asking, {
    method: "POST",
    path: "/passkey/verify-registration",
    body: input,
  });
  const added = toPasskey(await requireOwn(person, body.id ?? ""));
  await noteOwn(person, {
    action: "passkey.add",
    subjectId: added.id,
    after: { name: added.name, deviceType: added.deviceType },
  });
  return { body: added, cookies };
}

export async function beginPasskeySignIn(asking: Asking): Promise<Passed<Options>> {
  const { env, request } = asking;
  await requireRoom(env, byAddress(addressOf(env, request), "begin", beginRule));
  return askLibrary(asking, { method: "GET", path: "/passkey/generate-authenticate-options" });
}

export async function signInWithPasskey(
  asking: Asking,
  input: z.infer<typeof SignInWithPasskey>,
): Promise<Passed<SignedInPerson>> {
  const { env, request } = asking;
  const answer = await attempt(env, byAddress(addressOf(env, request)), () =>
    askLibrary(asking, { method: "POST", path: "/passkey/verify-authentication", body: input }),
  );
  return signedIn(asking, answer, "passkey");
}

export async function listPasskeys(asking: Asking): Promise<Passkey[]> {
  const { db, personId } = await authenticatePerson(asking);
  const rows = await db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, personId))
    .orderBy(asc(passkeys.id));
  return rows.map(toPasskey);
}

export async function renamePasskey(
  asking: Asking,
  { id, name }: z.infer<typeof RenamePasskey>,
): Promise<Passkey> {
  const person = await authenticatePerson(asking);
  requireOwnSession(person, "Renaming a passkey");
  const before = await requireOwn(person, id);
  await person.db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, person.personId)));
  return toPasskey({ ...before, name });
}

export async function removePasskey(asking: Asking, id: string): Promise<z.infer<typeof AuthDone>> {
  const person = await authenticatePerson(asking);
  await requireFactorOrRecent(person, "Removing a passkey");
  const { name, deviceType } = await requireOwn(person, id);
  await person.db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, person.personId)));
  await noteOwn(person, { action: "passkey.remove", subjectId: id, before: { name, deviceType } });
  return { status: true };
}

type Row = typeof passkeys.$inferSelect;

async function requireOwn({ db, personId }: PersonContext, id: string): Promise<Row> {
  const row = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, personId)))
    .get();
  if (row) return row;
  throw new HubError("not_found", "You have no such passkey. List them in your security settings.");
}

const toPasskey = ({ id, name, createdAt, deviceType, backedUp }: Row): Passkey => ({
  id,
  name,
  createdAt: createdAt?.getTime() ?? null,
  deviceType,
  backedUp,
});
