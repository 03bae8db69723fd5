import { and, asc, eq, lt } from "drizzle-orm";
import type { SignInLink } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { randomText } from "../keys/api-key";
import type { Visit } from "../visit";
import { requireSetupToken } from "./setup-token";
import { members, signInLinks, teams } from "../tables";

const linkMs = 10 * 60_000;
/** A link that has expired is kept this long, to tell whoever opens it what has become of it. */
const keepMs = 24 * 60 * 60_000;

/** A link's secret, and the row that knows it by its hash. */
export async function makeSignInLink(of: { teamId: string; personId: string }, now: number) {
  const secret = randomText(32);
  const row = {
    ...of,
    id: newId("lnk", now),
    hash: await sha256Hex(secret),
    expiresAt: now + linkMs,
  };
  return { secret, row };
}

export type AskingForLink = Visit & {
  /** The token the caller sent, if any. */
  token: string | undefined;
};

/**
 * A sign-in link for the owner of the hub's first team, for whoever holds the deployment's PLUGBOARD_SETUP_TOKEN.
 * Throws `unauthorized`, `forbidden`, `conflict`.
 */
export async function createSignInLink(asked: AskingForLink): Promise<SignInLink> {
  const { env, db, now } = asked;
  await requireSetupToken(env, asked.token);
  const owner = await db
    .select({ teamId: members.teamId, personId: members.personId })
    .from(members)
    .innerJoin(teams, eq(teams.id, members.teamId))
    .where(eq(members.role, "owner"))
    .orderBy(asc(teams.id), asc(members.createdAt), asc(members.personId))
    .limit(1)
    .get();
  if (!owner)
    throw new HubError(
      "conflict",
      "This hub has no team yet. Set the hub up first: POST /api/auth/setup.",
    );
  const { secret, row } = await makeSignInLink(owner, now);
  const author = {
    ...asked,
    teamId: owner.teamId,
    actor: { kind: "system", id: "setup", personId: null },
  } as const;
  const event = {
    action: "sign_in_link.create",
    subjectId: row.id,
    details: { personId: owner.personId },
  };
  await recorded(author, event, [
    db.insert(signInLinks).values(row),
    db
      .delete(signInLinks)
      .where(and(eq(signInLinks.teamId, owner.teamId), lt(signInLinks.expiresAt, now - keepMs))),
  ]);
  return { signInToken: secret, expiresAt: row.expiresAt };
}
