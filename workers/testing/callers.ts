import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { permissionsOf, type Permission } from "../../shared/roles";
import { signAccessToken } from "../teams/identity/tokens/sign";
import { makeApiKey } from "../teams/keys/api-key";
import { apiKeys, members } from "../teams/tables";
import type { GuardedTeam } from "./guarded-team";
import { connectedClient, speak } from "./oauth-client";
import type { Subjects } from "./protection/example";
import { askHub, signIn, type TestTeam } from "./team";

/** Somebody who may not reach the guarded team's things, and why not. */
export type Caller = {
  name: string;
  headers: Record<string, string>;
  /** A session counts at the API alone, and a token where it was made for: elsewhere they are nothing. */
  by: "nothing" | "key" | "session" | "accessToken" | "clientToken";
} & (
  | { standing: "unknown" }
  /** In another team, whose things these are. */
  | {
      standing: "elsewhere";
      own: Subjects;
      /** What they may read of the guarded team. */
      knows: string[];
    }
  | { standing: "teamless"; knows: string[] }
  /** In the guarded team itself, with these permissions. */
  | { standing: "inside"; permissions: ReadonlySet<Permission> }
);

/** Whether the caller is somebody at this path. */
export function isKnownAt({ standing, by }: Caller, path: string): boolean {
  if (standing === "unknown" || by === "nothing") return false;
  if (by === "clientToken") return path === "/mcp";
  return by === "key" || !path.startsWith("/mcp");
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Everybody the suite sends. `other` is a team with as much in it as the guarded one. */
export async function createCallers(guarded: GuardedTeam, other: GuardedTeam): Promise<Caller[]> {
  const { team } = guarded;
  return [
    ...(await unknownCallers(team)),
    ...(await outsiders(guarded, other)),
    ...(await insiders(team)),
  ];
}

async function unknownCallers(team: TestTeam): Promise<Caller[]> {
  const expired = await team.join("owner");
  await setKey(expired, { expiresAt: Date.now() - 1 });
  const [revoked, removed] = [await team.join("owner"), await team.join("owner")];
  const [revokedToken, removedToken] = [await accessToken(revoked), await accessToken(removed)];
  const removedClient = (await connectedClient(removed)).tokens.access_token;
  // What the hub remembers of them must not outlive them.
  for (const token of [revoked.apiKey, removed.apiKey, revokedToken, removedToken])
    await askHub("/api/v1/me", { headers: bearer(token) });
  await speak(removedClient);
  await team.ask(`/api/v1/api-keys/${revoked.keyId}`, { method: "DELETE" });
  await remove(team, removed);
  const elsewhere = await signAccessToken(env, {
    issuer: "http://127.0.0.1",
    audience: "http://127.0.0.1/mcp/c/elsewhere",
    subject: team.personId,
    credentialId: team.keyId,
    teamId: team.id,
    now: Date.now(),
  });
  const ended = await signIn(await team.join("owner"));
  await askHub("/api/auth/sign-out", { method: "POST", headers: ended });
  const whole = await signIn(await team.join("owner"));
  const unsigned = whole.cookie.replace(/(%2E|\.)[^.]*$/, "$1" + "A".repeat(43) + "%3D");
  const known: [string, Record<string, string>, Caller["by"]?][] = [
    ["signed out", {}],
    ["with nonsense for a key", bearer("pb_nonsense")],
    ["with a key nobody was given", bearer(makeApiKey())],
    ["with a key as a password", { authorization: `Basic ${btoa(`:${team.apiKey}`)}` }],
    ["with an expired key", bearer(expired.apiKey)],
    ["with a revoked key", bearer(revoked.apiKey)],
    ["with the key of a removed member", bearer(removed.apiKey)],
    ["with the access token of a revoked key", bearer(revokedToken)],
    ["with the access token of a removed member", bearer(removedToken)],
    ["with the client of a removed member", bearer(removedClient)],
    ["with a token for another resource", bearer(elsewhere.accessToken)],
    ["with a session that ended", ended],
    ["with a cookie whose signature is broken", { ...whole, cookie: unsigned }],
    ["with a key as a cookie", { ...whole, cookie: `__Host-plugboard=${team.apiKey}` }],
    ["with a session beside a key that is none", { ...whole, ...bearer("pb_nonsense") }, "session"],
    ["with a token nobody was given", bearer("a".repeat(64))],
    ["with a token that nobody signed", bearer(unsignedToken(team))],
  ];
  return known.map(([name, headers, by = "nothing"]) => ({
    name,
    headers,
    by,
    standing: "unknown",
  }));
}

async function outsiders(guarded: GuardedTeam, other: GuardedTeam): Promise<Caller[]> {
  const { team, name, subjects } = guarded;
  const { subjects: own } = other;
  const switched = await team.join("owner");
  await addMember(other.team, switched);
  const session = await signIn(switched);
  await askHub("/api/v1/account/team", { body: { teamId: other.team.id }, headers: session });
  const removed = await team.join("owner");
  const removedSession = await signIn(removed);
  await askHub("/api/v1/me", { headers: removedSession });
  await remove(team, removed);
  const client = await connectedClient(other.team);
  const knows = [name, ...subjects.team];
  const elsewhere = { standing: "elsewhere", own } as const;
  return [
    {
      name: "another team's owner",
      headers: bearer(other.team.apiKey),
      by: "key",
      ...elsewhere,
      knows: [],
    },
    {
      name: "another team's owner with an access token",
      headers: bearer(await accessToken(other.team)),
      by: "accessToken",
      ...elsewhere,
      knows: [],
    },
    {
      name: "another team's AI client",
      headers: bearer(client.tokens.access_token),
      by: "clientToken",
      ...elsewhere,
      knows: [],
    },
    {
      name: "another team's owner with a session",
      headers: await signIn(other.team),
      by: "session",
      ...elsewhere,
      knows: [],
    },
    {
      name: "a member who works in another team",
      headers: session,
      by: "session",
      ...elsewhere,
      knows,
    },
    {
      name: "a removed member with a session",
      headers: removedSession,
      by: "session",
      standing: "teamless",
      knows: [],
    },
  ];
}

async function insiders(team: TestTeam): Promise<Caller[]> {
  const viewer = await team.join("viewer");
  const narrow = await team.join("owner");
  const scopes: Permission[] = ["connections.read"];
  await setKey(narrow, { scopes });
  const may = { standing: "inside", permissions: permissionsOf("viewer") } as const;
  return [
    { name: "a viewer", headers: bearer(viewer.apiKey), by: "key", ...may },
    { name: "a viewer with a session", headers: await signIn(viewer), by: "session", ...may },
    {
      name: "an owner with a narrow key",
      headers: bearer(narrow.apiKey),
      by: "key",
      standing: "inside",
      permissions: new Set(scopes),
    },
  ];
}

/** Before the key is first used. */
async function setKey(
  { keyId }: TestTeam,
  change: Partial<typeof apiKeys.$inferInsert>,
): Promise<void> {
  await drizzle(env.DB).update(apiKeys).set(change).where(eq(apiKeys.id, keyId));
}

async function addMember({ id: teamId }: TestTeam, { personId }: TestTeam): Promise<void> {
  await drizzle(env.DB)
    .insert(members)
    .values({ teamId, personId, role: "owner", createdAt: Date.now() });
}

async function remove(team: TestTeam, { personId }: TestTeam): Promise<void> {
  await team.ask(`/api/v1/members/${personId}`, { method: "DELETE" });
}

async function accessToken(team: TestTeam): Promise<string> {
  const { body } = await team.ask("/api/v1/account/access-token", { method: "POST" });
  return body.accessToken;
}

/** What a library that believes `alg: none` would take. */
function unsignedToken({ id, personId }: TestTeam): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub: personId,
    team: id,
    iss: "http://127.0.0.1",
    aud: "http://127.0.0.1/api",
    iat: now,
    exp: now + 3600,
  };
  return `${part({ alg: "none", typ: "at+jwt" })}.${part(claims)}.`;
}
