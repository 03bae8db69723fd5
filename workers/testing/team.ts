import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { newId } from "../../shared/ids";
import type { Role } from "../../shared/roles";
import { createTeamKey } from "../credentials";
import hub from "../index";
import { sha256Hex } from "../platform/encoding";
import { makeApiKey, prefixOf } from "../teams/keys/api-key";
import { makeSignInLink } from "../teams/identity/sign-in-link";
import { apiKeys, members, people, signInLinks, teams } from "../teams/tables";

export type TestTeam = {
  id: string;
  personId: string;
  keyId: string;
  apiKey: string;
  /** One request to the hub with the team's key; `body` is sent as JSON. Waits for what goes on in the background. */
  ask: (path: string, init?: TestRequest) => Promise<TestAnswer>;
  /** Another person of the team, with a key of their own. */
  join: (role: Role) => Promise<TestTeam>;
};
export type TestRequest = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Settings that differ in this request. */
  env?: Partial<Env>;
};
// Tests look into answers of many shapes, some of them wrong on purpose.
export type TestAnswer = { status: number; headers: Headers; body: any; text: string };

/** A team of its own, so that tests that share the storage do not see each other. */
export async function createTeam(role: Role = "owner"): Promise<TestTeam> {
  const id = newId("team");
  await drizzle(env.DB)
    .insert(teams)
    .values({ id, name: `Team ${id}`, createdAt: Date.now() });
  await createTeamKey(env, id);
  return addPerson(id, role);
}

async function addPerson(teamId: string, role: Role): Promise<TestTeam> {
  const db = drizzle(env.DB);
  const personId = newId("per");
  const keyId = newId("key");
  const apiKey = makeApiKey();
  const createdAt = Date.now();
  await db.batch([
    db.insert(people).values({
      id: personId,
      name: "Somebody",
      email: `${personId}@example.com`,
      emailVerified: true,
      createdAt: new Date(createdAt),
      updatedAt: new Date(createdAt),
    }),
    db.insert(members).values({ teamId, personId, role, createdAt }),
    db.insert(apiKeys).values({
      id: keyId,
      teamId,
      personId,
      name: "Key",
      prefix: prefixOf(apiKey),
      hash: await sha256Hex(apiKey),
      createdAt,
    }),
  ]);
  return {
    id: teamId,
    personId,
    keyId,
    apiKey,
    ask: (path, init = {}) =>
      askHub(path, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...init.headers } }),
    join: (otherRole) => addPerson(teamId, otherRole),
  };
}

/** What a page of the hub sends once the person of this key has signed in by a link. */
export async function signIn(team: TestTeam): Promise<{ cookie: string; origin: string }> {
  const token = await linkFor(team);
  const { headers } = await askHub("/api/auth/sign-in", { body: { token } });
  const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
  return { cookie, origin: "http://127.0.0.1" };
}

/** The secret of a sign-in link of this person, good for ten minutes from `now` on. */
export async function linkFor(team: TestTeam, now = Date.now()): Promise<string> {
  const { secret, row } = await makeSignInLink({ teamId: team.id, personId: team.personId }, now);
  await drizzle(env.DB).insert(signInLinks).values(row);
  return secret;
}

/** One request to the hub as anybody. */
export async function askHub(path: string, init: TestRequest = {}): Promise<TestAnswer> {
  const ctx = createExecutionContext();
  const hasBody = init.body !== undefined;
  const request = new Request(`http://127.0.0.1${path}`, {
    method: init.method ?? (hasBody ? "POST" : "GET"),
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...init.headers },
    ...(hasBody
      ? { body: typeof init.body === "string" ? init.body : JSON.stringify(init.body) }
      : {}),
  });
  const response = await hub.fetch(request, { ...env, ...init.env }, ctx);
  const text = await response.text();
  await waitOnExecutionContext(ctx);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, body, text };
}

/** Connects the fixture MCP server, or the server at `url`. */
export async function connectServer(
  team: TestTeam,
  server: {
    url?: string;
    name?: string;
    transport?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<TestAnswer> {
  const { name = "Fixture", url = env.FIXTURE_URL, ...config } = server;
  return team.ask("/api/v1/connections", {
    body: { connector: "mcp", name, config: { url, ...config } },
  });
}

/** The tool of this name of the team. */
export async function toolNamed(
  team: TestTeam,
  name: string,
): Promise<{ id: string; exposedName: string }> {
  const { body } = await team.ask(`/api/v1/tools?limit=200&query=${encodeURIComponent(name)}`);
  return body.items.find((tool: { name: string }) => tool.name === name);
}
