import { APIError } from "better-auth/api";
import { and, eq, inArray } from "drizzle-orm";
import { registryOf } from "../../../platform/registry";
import { accounts, people } from "../../tables";
import { firstTeamOf } from "../first-team";
import { mayMakeAccount } from "../sign-up";
import { current } from "./asked";

const showsFactor = new Set([
  "/two-factor/verify-totp",
  "/two-factor/verify-backup-code",
  "/passkey/verify-authentication",
]);
/** Where the library puts a new session in the place of the one it was asked with. */
const replaces = new Set(["/two-factor/verify-totp", "/two-factor/disable", "/change-password"]);

/** The session of the request, where the new one takes its place. */
function replaced(of: { userId: string }, path: string | undefined) {
  const { session } = current();
  const same = session?.userId === of.userId && path !== undefined && replaces.has(path);
  return same ? session : undefined;
}

/**
 * The team a new session works in: the one used last; or all of the session it takes the place of, which began when its
 * person signed in.
 */
export async function openSession(env: Env, of: { userId: string }, path: string | undefined) {
  const before = replaced(of, path);
  if (before) {
    const { teamId, onlyTeamId, createdAt } = before;
    return { teamId, onlyTeamId, createdAt };
  }
  return { teamId: await firstTeamOf(env, of.userId), onlyTeamId: null };
}

/** When a second factor was shown in a session that is made at this path. */
export function secondFactorKept(of: { userId: string }, path: string | undefined) {
  if (path !== undefined && showsFactor.has(path)) return { secondFactorAt: current().now };
  if (path === "/two-factor/disable") return { secondFactorAt: null };
  return { secondFactorAt: replaced(of, path)?.secondFactorAt ?? null };
}

/** A provider makes an account only for an address it has confirmed, and by invitation where the hub asks for one. */
export async function refuseUninvited(
  env: Env,
  person: { email: string; emailVerified?: boolean },
  path: string | undefined,
): Promise<void> {
  if (path?.startsWith("/sign-up")) return;
  if (person.emailVerified !== true)
    throw new APIError("FORBIDDEN", { code: "email_not_verified", message: "not verified" });
  if (!(await mayMakeAccount(env, person.email)))
    throw new APIError("FORBIDDEN", { code: "sign_up_by_invitation", message: "not invited" });
}

/**
 * A provider that has confirmed the address comes to an account with it. Where nobody confirmed it here, whoever made the
 * account may be somebody else: their password goes first.
 */
export async function takeOver(
  env: Env,
  { userId, providerId }: { userId: string; providerId: string },
): Promise<void> {
  if (providerId === "credential") return;
  const db = registryOf(env);
  const unconfirmed = db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, userId), eq(people.emailVerified, false)));
  await db
    .delete(accounts)
    .where(and(eq(accounts.providerId, "credential"), inArray(accounts.userId, unconfirmed)));
}
