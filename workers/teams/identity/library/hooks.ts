import { APIError } from "better-auth/api";
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

/** The team a new session works in: that of the session it takes the place of, or the one used last. */
export async function openSession(env: Env, of: { userId: string }, path: string | undefined) {
  const before = replaced(of, path);
  if (before) return { teamId: before.teamId, onlyTeamId: before.onlyTeamId };
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
