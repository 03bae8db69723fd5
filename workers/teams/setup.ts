import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Setup, SetupDone } from "../../shared/contracts/teams";
import { newId } from "../../shared/ids";
import { auditEntries } from "../audit/tables";
import { sha256Hex } from "../platform/encoding";
import { HubError } from "../platform/errors";
import { makeApiKey, prefixOf, randomText } from "./api-key";
import { apiKeys, members, people, signInLinks, teams } from "./tables";

const signInLinkMs = 10 * 60_000;

export type SettingUp = {
  env: Env;
  requestId: string;
  now: number;
  /** The token the caller sent, if any. */
  token: string | undefined;
  createTeamKey: (env: Env, teamId: string) => Promise<void>;
};

/**
 * Makes the first team with its owner, an API key and a sign-in link. Works once, on an empty hub, for whoever holds
 * the deployment's PLUGBOARD_SETUP_TOKEN. Throws `unauthorized`, `conflict`.
 */
export async function setUp(asked: SettingUp, input: Setup): Promise<SetupDone> {
  const { env, now } = asked;
  await checkToken(env, asked.token);
  const db = drizzle(env.DB);
  if (await db.select({ id: teams.id }).from(teams).limit(1).get()) throw alreadySetUp();
  const teamId = newId("team", now);
  const personId = newId("per", now);
  const apiKey = makeApiKey();
  const signInToken = randomText(32);
  const keyId = newId("key", now);
  await asked.createTeamKey(env, teamId);
  // Of several that ask at once all can find the hub empty: the name of a second team is null, which the table refuses.
  const name = sql`CASE WHEN EXISTS (SELECT 1 FROM ${teams}) THEN NULL ELSE ${input.team} END`;
  const batch = db.batch([
    db.insert(teams).values({ id: teamId, name, createdAt: now }),
    db.insert(people).values({ id: personId, name: input.owner, createdAt: now }),
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
    db.insert(signInLinks).values({
      id: newId("lnk", now),
      teamId,
      personId,
      hash: await sha256Hex(signInToken),
      expiresAt: now + signInLinkMs,
    }),
    db.insert(auditEntries).values({
      id: newId("aud", now),
      teamId,
      at: now,
      actorKind: "system",
      actorId: "setup",
      personId: null,
      action: "team.create",
      subjectId: teamId,
      requestId: asked.requestId,
      details: { owner: personId, apiKey: keyId },
    }),
  ]);
  await batch.catch((error: unknown) => {
    throw isSecondTeam(error) ? alreadySetUp(error) : error;
  });
  return { teamId, personId, apiKey, signInToken };
}

function alreadySetUp(cause?: unknown): HubError {
  return new HubError("conflict", "This hub is already set up. Sign in with a key of its owner.", {
    cause,
  });
}

function isSecondTeam(error: unknown): boolean {
  return (
    error instanceof Error &&
    /NOT NULL constraint failed: teams\.name/.test(`${error.message} ${String(error.cause)}`)
  );
}

async function checkToken(env: Env, sent: string | undefined): Promise<void> {
  const wanted = env.PLUGBOARD_SETUP_TOKEN;
  if (!wanted)
    throw new HubError(
      "forbidden",
      "Setting up is switched off. Set the secret PLUGBOARD_SETUP_TOKEN to switch it on.",
    );
  // Hashes are compared, so that the time taken tells nothing of the token.
  if (sent === undefined || (await sha256Hex(sent)) !== (await sha256Hex(wanted)))
    throw new HubError(
      "unauthorized",
      "Send the deployment's setup token in the header Authorization: Bearer ….",
    );
}
