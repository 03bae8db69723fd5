import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../shared/ids";
import { permissionsOf, roles, type Role } from "../shared/roles";
import { api } from "./api";
import { makeApiKey } from "./teams/keys/api-key";
import { apiKeys } from "./teams/tables";
import { examples, told, undocumented, type Example, type Subjects } from "./testing/protection";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestRequest,
  type TestTeam,
} from "./testing/team";

const document: { paths: Record<string, Record<string, unknown>> } = (
  await askHub("/api/openapi.json")
).body;
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({
    method: method.toUpperCase(),
    path,
    route: `${method.toUpperCase()} ${path}`,
  })),
);
const closed = routes
  .map((route) => ({ ...route, example: examples[route.route] ?? { permission: "any" as const } }))
  .filter(({ example }) => example.permission !== undefined);

let team: TestTeam;
let stranger: TestTeam;
const people = new Map<Role, TestTeam>();
let subjects: Subjects;
let endedSession: Record<string, string>;
let before: string;

const prefixes = { connection: "con", tool: "tool", execution: "exe", key: "key" } as const;
const mcp = (method: string, params: object = {}) => ({
  body: { jsonrpc: "2.0", id: 1, method, params },
});

/** The team as its owner sees it. */
async function whole(): Promise<string> {
  const paths = ["connections/guarded", "tools?limit=200", "audit", "executions"].map(
    (path) => `/api/v1/${path}`,
  );
  return (await Promise.all(paths.map(async (path) => (await team.ask(path)).text))).join("\n");
}

beforeAll(async () => {
  team = await createTeam();
  const { body: connection } = await connectServer(team, { name: "Guarded" });
  const echo = await toolNamed(team, "echo");
  const { body } = await team.ask(`/api/v1/tools/${echo.id}/call`, {
    body: { arguments: { message: "hi" } },
  });
  while ((await team.ask(`/api/v1/executions/${body.execution.id}`)).body.status !== "succeeded")
    await scheduler.wait(20);
  subjects = {
    connection: [connection.id, "guarded"],
    tool: [echo.id],
    execution: [body.execution.id],
    key: [team.keyId],
  };
  stranger = await createTeam();
  endedSession = await signIn(await team.join("owner"));
  await askHub("/api/auth/sign-out", { method: "POST", headers: endedSession });
  for (const role of roles) people.set(role, await team.join(role));
  before = await whole();
});

/** The example as a request, with this id in its place. */
function requestOf(
  { method, path, example }: { method: string; path: string; example: Example },
  id: string,
) {
  const query = example.query === undefined ? "" : `?${example.query[0]}=${id}`;
  return {
    path: path.replace("{id}", id) + query,
    init: { ...example.request, method } satisfies TestRequest,
  };
}

/** The same for a caller who may send it. */
function harmless(route: Parameters<typeof requestOf>[0], id: string) {
  const { path, init } = requestOf(route, id);
  return { path, init: { ...init, ...route.example.harmless } };
}

/** Every id of the team that the route could be asked about; one that nobody has where it takes none. */
const idsFor = ({ id, query }: Example): string[] => {
  const kind = id ?? query?.[1];
  return kind === undefined ? ["unused"] : subjects[kind];
};
/** One that nobody has, of the same form: an id for an id, a slug for a slug. */
const unknownFor = ({ id, query }: Example, like = "_"): string =>
  like.includes("_") ? newId(prefixes[id ?? query?.[1] ?? "connection"]) : "nobody";

describe("the table of example requests", () => {
  it("has a row for every route, and no row for a route that is gone", () => {
    expect(Object.keys(examples).toSorted()).toEqual(routes.map(({ route }) => route).toSorted());
  });

  it("knows every path the hub serves", () => {
    const documented = Object.keys(document.paths).map((path) =>
      path.replaceAll(/\{(\w+)\}/g, ":$1"),
    );
    const served = api.routes
      .map(({ path }) => path.replace(/(.)\/$/, "$1"))
      .filter((path) => !path.includes("*"));
    const known = [...documented, ...undocumented];
    expect([...new Set(served)].filter((path) => !known.includes(path))).toEqual([]);
  });

  it("is signed in for everything but what the architecture leaves open", () => {
    const open = routes.filter(({ route }) => examples[route]?.permission === undefined);
    for (const { path } of open)
      expect(path).toMatch(/^\/(health|api\/auth|oauth|\.well-known|in)\//);
  });
});

describe.each(closed)("$route", (route) => {
  it("is closed to whoever is not signed in", async () => {
    const revoked = await team.join("owner");
    await drizzle(env.DB)
      .update(apiKeys)
      .set({ revokedAt: 1 })
      .where(eq(apiKeys.id, revoked.keyId));
    const headers = [
      {},
      { authorization: "Bearer pb_nonsense" },
      { authorization: `Bearer ${makeApiKey()}` },
      { authorization: `Basic ${btoa(`:${team.apiKey}`)}` },
      { authorization: `Bearer ${revoked.apiKey}` },
      { ...endedSession },
      { ...endedSession, cookie: `__Host-plugboard=${team.apiKey}` },
      { ...endedSession, authorization: "Bearer pb_nonsense" },
    ];
    for (const id of idsFor(route.example)) {
      const { path, init } = requestOf(route, id);
      for (const who of headers) {
        const answer = await askHub(path, { ...init, headers: { ...init.headers, ...who } });
        expect(answer).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
        expect(answer.text).not.toContain(id);
      }
    }
  });

  it("tells another team's owner nothing, not even that something is there", async () => {
    for (const id of idsFor(route.example)) {
      const unknown = unknownFor(route.example, id);
      const [asked, elsewhere] = [harmless(route, id), harmless(route, unknown)];
      const nothing = await stranger.ask(elsewhere.path, elsewhere.init);
      if (route.example.id !== undefined) expect(nothing.status).toBe(404);
      expect(told(await stranger.ask(asked.path, asked.init), id)).toBe(told(nothing, unknown));
      for (const own of [team.id, team.personId, ...Object.values(subjects).flat()])
        expect(nothing.text).not.toContain(own);
    }
  });

  it("is for the roles that have the permission, and for no other", async () => {
    const { permission = "any" } = route.example;
    for (const [role, person] of people) {
      const allowed = permission === "any" || permissionsOf(role).has(permission);
      for (const id of allowed ? [unknownFor(route.example)] : idsFor(route.example)) {
        const { path, init } = allowed ? harmless(route, id) : requestOf(route, id);
        const answer = await person.ask(path, init);
        if (allowed)
          expect([401, 403, 500], `${role}: ${answer.text}`).not.toContain(answer.status);
        else
          expect(answer, role).toMatchObject({
            status: 403,
            body: { error: { code: "forbidden" } },
          });
      }
    }
  });
});

describe("/mcp", () => {
  const paths = ["/mcp", "/mcp/c/guarded", "/mcp/c/nobody"];
  const requests = [
    mcp("tools/list"),
    mcp("tools/call", { name: "guarded__echo", arguments: { message: "hi" } }),
    mcp("ping"),
    { ...mcp("notifications/initialized"), method: "POST" },
    { method: "GET" },
    { method: "DELETE" },
    { body: "{", method: "POST" },
  ];

  it.each(paths)("is closed to whoever is not signed in (%s)", async (path) => {
    for (const init of requests)
      for (const headers of [
        {},
        { authorization: "Bearer pb_nonsense" },
        { authorization: `Bearer ${makeApiKey()}` },
      ]) {
        const answer = await askHub(path, { ...init, headers });
        expect(answer.status).toBe(401);
        expect(answer.headers.get("www-authenticate")).toContain("Bearer");
        expect(answer.text).not.toContain("guarded");
      }
  });

  it("shows another team's owner nothing at /mcp", async () => {
    const { body } = await stranger.ask("/mcp", mcp("tools/list"));
    expect(body.result.tools).toEqual([]);
    for (const [method, key] of [
      ["resources/list", "resources"],
      ["resources/templates/list", "resourceTemplates"],
      ["prompts/list", "prompts"],
    ] as const)
      expect((await stranger.ask("/mcp", mcp(method))).body.result[key]).toEqual([]);
  });

  it.each(["guarded__echo", "echo"])(
    "answers a call of another team's tool like that of an unknown one (%s)",
    async (name) => {
      const call = (named: string) =>
        stranger.ask("/mcp", mcp("tools/call", { name: named, arguments: { message: "hi" } }));
      const unknown = `${name}-nobody`;
      expect(told(await call(name), name)).toBe(told(await call(unknown), unknown));
    },
  );

  it("answers at another team's connection as at one that nobody has", async () => {
    const asked = [
      mcp("tools/list"),
      mcp("tools/call", { name: "echo", arguments: { message: "hi" } }),
      mcp("prompts/get", { name: "test_simple_prompt" }),
      mcp("resources/read", { uri: "test://static-text" }),
      mcp("initialize", {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "t", version: "1" },
      }),
    ];
    for (const init of asked) {
      const unknown = newId("con");
      const nothing = told(await stranger.ask(`/mcp/c/${unknown}`, init), unknown);
      expect(nothing).toContain("no connection");
      for (const id of subjects.connection)
        expect(told(await stranger.ask(`/mcp/c/${id}`, init), id)).toBe(nothing);
    }
  });

  it.each(["/mcp", "/mcp/c/guarded"])("lets a viewer look and not call (%s)", async (path) => {
    const viewer = people.get("viewer");
    const name = path === "/mcp" ? "guarded__echo" : "echo";
    expect((await viewer?.ask(path, mcp("tools/list")))?.body.result.tools.length).toBeGreaterThan(
      0,
    );
    const refused = await viewer?.ask(
      path,
      mcp("tools/call", { name, arguments: { message: "hi" } }),
    );
    expect(refused?.body.error.data.code).toBe("forbidden");
    const prompt = await viewer?.ask(
      "/mcp/c/guarded",
      mcp("prompts/get", { name: "test_simple_prompt" }),
    );
    expect(prompt?.body.error.data.code).toBe("forbidden");
  });
});

it("has changed nothing of the team by all that was tried", async () => {
  expect(await whole()).toBe(before);
});
