import { sql } from "drizzle-orm";
import type { Setup, SetupDone } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { placeholderEmail } from "./email";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { makeApiKey, prefixOf } from "../keys/api-key";
import { refusedNull, refusedTaken } from "../../platform/refused";
import { requireSetupToken } from "./setup-token";
import { makeSignInLink, type AskingForLink } from "./sign-in-link";
import { apiKeys, members, people, signInLinks, teams } from "../tables";

export type SettingUp = AskingForLink & {
  createTeamKey: (env: Env, teamId: string) => Promise<void>;
};

/**
 * Makes the first team with its owner, an API key and a sign-in link. Works once, on an empty hub, for whoever holds
 * the deployment's PLUGBOARD_SETUP_TOKEN. Throws `unauthorized`, `conflict`.
 */
export async function setUp(asked: SettingUp, input: Setup): Promise<SetupDone> {
  const { env, db, now } = asked;
  await requireSetupToken(env, asked.token);
  if (await db.select({ id: teams.id }).from(teams).limit(1).get()) throw alreadySetUp();
  const teamId = newId("team", now);
  const personId = newId("per", now);
  const apiKey = makeApiKey();
  const link = await makeSignInLink({ teamId, personId }, now);
  const actor = { kind: "system", id: "setup", personId: null } as const;
  const keyId = newId("key", now);
  await asked.createTeamKey(env, teamId);
  // Of several that ask at once all can find the hub empty: the name of a second team is null, which the table refuses.
  const name = sql`CASE WHEN EXISTS (SELECT 1 FROM ${teams}) THEN NULL ELSE ${input.team} END`;
  const author = { ...asked, teamId, actor };
  const event = {
    action: "team.create",
    subjectId: teamId,
    after: { name: input.team, owner: personId, apiKey: keyId },
  };
  const since = new Date(now);
  const batch = recorded(author, event, [
    db.insert(teams).values({ id: teamId, name, createdAt: now }),
    db.insert(people).values({
      id: personId,
      name: input.owner,
      email: input.ownerEmail ?? placeholderEmail(personId),
      emailVerified: input.ownerEmail !== undefined,
      createdAt: since,
      updatedAt: since,
    }),
    db.insert(members).values({ teamId, personId, role: "owner", createdAt: now }),
    db.insert(apiKeys).values({
      id: keyId,
      teamId,
      personId,
      name: "First key",
      prefix: prefixOf(apiKey),
      hash: await sha256Hex(apiKey),
      createdAt: now,
    }),
    db.insert(signInLinks).values(link.row),
  ]);
  await batch.catch((error: unknown) => {
    // Where somebody made an account with the owner's address, the hub is in use.
    const inUse = refusedNull(error, "teams.name") || refusedTaken(error, "people.email");
    throw inUse ? alreadySetUp(error) : error;
  });
  return { teamId, personId, apiKey, signInToken: link.secret };
}

function alreadySetUp(cause?: unknown): HubError {
  return new HubError("conflict", "This hub is already set up. Sign in with a key of its owner.", {
    cause,
  });
}
