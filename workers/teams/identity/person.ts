import { eq } from "drizzle-orm";
import type { AuditEvent } from "../../audit";
import { requireSecondFactor, type Actor } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { apiResource } from "../../platform/resources";
import { authenticate, confirm, type Asking } from "../authenticate";
import { countingFailures } from "../count-failures";
import { liveSession, sessionEnded } from "../principals/session";
import { requireOrigin } from "../session-cookie";
import { people } from "../tables";
import { visitOf, type Visit } from "../visit";
import { noteEvent } from "./events";

/** Somebody who signed in, in a team or in none. */
export type PersonContext = Visit & {
  personId: string;
  sessionId: string;
  actor: Extract<Actor, { kind: "user" }>;
  /** The team the session works in; null for none. Whether the person still belongs to it was not asked. */
  teamId: string | null;
  /** The one team the session is good for, where that team's identity provider opened it. */
  onlyTeamId: string | null;
  secondFactorAt: number | null;
  /** When the person signed in. */
  beganAt: number;
  expiresAt: number;
  /** The hub's own origin, as the person's browser calls it. */
  origin: string;
  asking: Asking;
};

/**
 * Who signed in, read anew for each request. Keys and tokens are refused: what concerns a person is done by them alone.
 * Throws `unauthorized`, `forbidden`.
 */
export const authenticatePerson = (asking: Asking): Promise<PersonContext> =>
  countingFailures(asking, () => whoSignedIn(asking));

async function whoSignedIn(asking: Asking): Promise<PersonContext> {
  const { request } = asking;
  if (request.headers.has("authorization")) {
    await confirm(await authenticate(asking, { sessions: false, resource: apiResource }));
    throw new HubError(
      "forbidden",
      "This is for people who signed in: a key or token is not taken. Do it in the dashboard.",
    );
  }
  requireSession(request);
  requireOrigin(request);
  // A page that CORS lets in has a key or token of its own, and no business with somebody's session.
  const { origin } = new URL(request.url);
  if ((request.headers.get("origin") ?? origin) !== origin)
    throw new HubError("forbidden", "Only the hub's own pages may do this for you.");
  const session = await liveSession(asking);
  if (!session) throw sessionEnded();
  const { id: sessionId, userId: personId, teamId, onlyTeamId, secondFactorAt } = session;
  return {
    ...visitOf(asking),
    personId,
    sessionId,
    actor: { kind: "user", id: personId, personId, sessionId },
    teamId,
    onlyTeamId,
    secondFactorAt,
    beganAt: session.createdAt.getTime(),
    expiresAt: session.expiresAt.getTime(),
    origin,
    asking,
  };
}

function requireSession(request: Request): void {
  if (!request.headers.has("cookie"))
    throw new HubError("unauthorized", "Sign in first, in the hub's dashboard.");
}

/** Records what a person did to their own account, in the log of the team they are in. */
export const noteOwn = (person: PersonContext, event: AuditEvent): Promise<void> =>
  noteEvent(person.asking, person, event);

/**
 * A session that a team's identity provider opened is that team's word for who somebody is: it is good there, and not
 * for how the person signs in elsewhere. Throws `forbidden`.
 */
export function requireOwnSession({ onlyTeamId }: PersonContext, what: string): void {
  if (onlyTeamId !== null)
    throw new HubError(
      "forbidden",
      `${what} is not for a session that your team's identity provider opened. Sign in another way first.`,
    );
}

/**
 * Whoever has a second factor shows it before they change how they sign in: a session that was taken over is not enough.
 * True for who has one. Throws `second_factor_required`.
 */
export async function requireFactorIfAny(person: PersonContext, what: string): Promise<boolean> {
  requireOwnSession(person, what);
  const has = await hasSecondFactor(person);
  if (has) requireSecondFactor(person, what);
  return has;
}

const recentMs = 60 * 60_000;

/** The same; whoever has none signed in a short while ago. Throws `forbidden` with the reason `sign_in_again`. */
export async function requireFactorOrRecent(person: PersonContext, what: string): Promise<void> {
  if (!(await requireFactorIfAny(person, what))) requireRecent(person);
}

export function requireRecent({ beganAt, now }: PersonContext): void {
  if (now - beganAt < recentMs) return;
  throw new HubError(
    "forbidden",
    "It has been a while since you signed in. Sign in again to change how you sign in.",
    { details: { reason: "sign_in_again" } },
  );
}

type Somebody = Pick<PersonContext, "db" | "personId">;

export async function hasSecondFactor({ db, personId }: Somebody): Promise<boolean> {
  const row = await db
    .select({ enabled: people.twoFactorEnabled })
    .from(people)
    .where(eq(people.id, personId))
    .get();
  return row?.enabled ?? false;
}

export async function emailOf({ db, personId }: Somebody): Promise<string> {
  const row = await db
    .select({ email: people.email })
    .from(people)
    .where(eq(people.id, personId))
    .get();
  return row?.email ?? "";
}
