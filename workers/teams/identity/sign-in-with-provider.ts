import { eq } from "drizzle-orm";
import type * as z from "zod";
import type { GoTo } from "../../../shared/contracts/auth";
import { newId } from "../../../shared/ids";
import { isOwnPath } from "../../../shared/own-path";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { randomText } from "../keys/api-key";
import { clearedCookie } from "../session-cookie";
import { sessions, verifications } from "../tables";
import type { SessionRow } from "../principals/session";
import { askLibrary } from "./library/ask";
import { beginRule, byAddress, requireRoom } from "./lock-out";
import { hasSecondFactor } from "./person";
import { providersOf } from "./providers";
import { setSignedCookie } from "./signed-cookie";
import { signedIn, type Passed } from "./signed-in";

type Back = { callbackURL?: string | undefined; errorCallbackURL?: string | undefined };

/** Where to send the browser to sign in with a provider. Throws `not_found` for one this hub does not have. */
export async function beginWithProvider(
  asking: Asking,
  provider: string,
  { callbackURL = "/", errorCallbackURL = "/sign-in" }: Back,
): Promise<Passed<z.infer<typeof GoTo>>> {
  const { env, request } = asking;
  requireProvider(env, provider);
  await requireRoom(env, byAddress(addressOf(env, request), "begin", beginRule));
  const { body, cookies } = await askLibrary(asking, {
    method: "POST",
    path: "/sign-in/social",
    body: { provider, callbackURL, errorCallbackURL, disableRedirect: true },
    provider,
  });
  return { body: { url: body.url ?? "" }, cookies };
}

export type Redirected = { location: string; cookies: string[] };

/** The browser comes back from a provider: goes on signed in, to the step of the second factor, or with `?error=`. */
export async function endWithProvider(asking: Asking, provider: string): Promise<Redirected> {
  requireProvider(asking.env, provider);
  const { searchParams } = new URL(asking.request.url);
  const query = new URLSearchParams();
  for (const name of ["code", "state", "error", "iss"]) {
    const value = searchParams.get(name);
    if (value !== null) query.set(name, value);
  }
  const answer = await askLibrary(asking, {
    method: "GET",
    path: `/callback/${provider}`,
    query,
    provider,
  });
  const location = ownLocation(asking, answer.location);
  const { opened } = answer;
  if (opened && (await hasSecondFactor({ db: registryOf(asking.env), personId: opened.userId })))
    return challenge(asking, opened, location);
  const { cookies } = await signedIn(asking, answer, provider);
  return { location, cookies };
}

function requireProvider(env: Env, id: string): void {
  if (!providersOf(env).some((provider) => provider.id === id))
    throw new HubError(
      "not_found",
      "This hub has no such provider. List those it has: GET /api/auth/methods.",
    );
}

/** The library checked where it leads; that it stays here is checked once more. */
function ownLocation({ request }: Asking, location: string | null): string {
  const { origin } = new URL(request.url);
  const url = location === null ? null : URL.parse(location, origin);
  if (url?.origin !== origin) return "/sign-in?error=failed";
  const path = `${url.pathname}${url.search}`;
  return isOwnPath(path) ? path : "/";
}

const challengeMs = 10 * 60_000;

/** The library asks for the second factor after a password only: here it is asked for in the same way. */
async function challenge(asking: Asking, session: SessionRow, to: string): Promise<Redirected> {
  const { env, now } = asking;
  const db = registryOf(env);
  const identifier = `2fa-${randomText(20)}`;
  const at = new Date(now);
  const row = { expiresAt: new Date(now + challengeMs), createdAt: at, updatedAt: at };
  await db.batch([
    db.delete(sessions).where(eq(sessions.id, session.id)),
    db.insert(verifications).values([
      { ...row, id: newId("ver", now), identifier, value: session.userId },
      { ...row, id: newId("ver", now), identifier: `2fa-attempts-${identifier}`, value: "0" },
    ]),
  ]);
  return {
    location: `/sign-in?factor=true&next=${encodeURIComponent(to)}`,
    cookies: [
      clearedCookie,
      setSignedCookie(env, { name: "two_factor", value: identifier, seconds: challengeMs / 1000 }),
    ],
  };
}
