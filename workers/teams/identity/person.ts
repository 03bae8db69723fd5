import { eq } from "drizzle-orm";
import type { AuditEvent } from "../../audit";
import { countingFactor, requireSecondFactor, type Actor } from "../../platform/context";
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
 * Throws `second_factor_required`.
 */
export async function requireFactorIfAny(person: PersonContext, what: string): Promise<void> {
  requireOwnSession(person, what);
  if (countingFactor(person) === null && (await hasSecondFactor(person)))
    requireSecondFactor(person, what);
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
