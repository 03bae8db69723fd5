import { beforeAll, describe, expect, it } from "vitest";
import { permissionsOf, roles, type Role } from "../shared/roles";
import { api } from "./api";
// The linter takes ?raw for the module itself.
// oxlint-disable import/default
import answerSource from "./mcp/answer.ts?raw";
import callsSource from "./mcp/calls.ts?raw";
import listsSource from "./mcp/lists.ts?raw";
// oxlint-enable import/default
import { unknownLike } from "./testing/answers";
import { createGuardedTeam, type GuardedTeam } from "./testing/guarded-team";
import { mcpExamples } from "./testing/mcp-protection";
import { examples, passages, undocumented } from "./testing/protection";
import { openApi, routesOf } from "./testing/routes";
import { unlimited, type Route } from "./testing/sweep";
import { askHub, signIn, type TestAnswer } from "./testing/team";

const sources = [answerSource, callsSource, listsSource];
const document = await openApi();
const routes = routesOf(document);

describe("the table of example requests", () => {
  it("has a row for every route, and no row for a route that is gone", () => {
    const named = routes.map(({ route }) => route);
    expect(named.filter((route) => !Object.hasOwn(examples, route))).toEqual([]);
    expect(Object.keys(examples).filter((route) => !named.includes(route))).toEqual([]);
  });

  it("knows every path the hub serves", () => {
    const documented = Object.keys(document.paths).map((path) =>
      path.replaceAll(/\{(\w+)\}/g, ":$1"),
    );
    const known = [...passages, ...documented, ...undocumented];
    const served = new Set(api.routes.map(({ path }) => path.replace(/(.)\/$/, "$1")));
    expect([...served].filter((path) => !known.includes(path))).toEqual([]);
  });

  it("is signed in for everything but what the architecture leaves open", () => {
    const open = routes.filter(({ route }) => examples[route]?.permission === undefined);
    for (const { path } of open)
      expect(path).toMatch(/^\/(health|api\/auth|oauth|\.well-known|in)\//);
  });

  it("has an id in the path wherever its route has one", () => {
    for (const { path, example, route } of routes)
      expect(example.id !== undefined, route).toBe(path.includes("{id}"));
  });

  it("names whatever of the request is called an id, a cursor or a key", () => {
    const unnamed = routes.flatMap(({ path, method, route, example }) => {
      const { parameters = [] } = document.paths[path]?.[method.toLowerCase()] ?? {};
      return parameters
        .filter(({ name }) => /^(connection|tool|person|actor|key|client)$|Id$|-key$/.test(name))
        .filter(({ name }) => !(name in { ...example.query, ...example.headers }))
        .map(({ name }) => `${route} ${name}`);
    });
    expect(unnamed).toEqual([]);
  });

  it("has a row for every method the MCP endpoints tell apart", () => {
    const named = sources.flatMap((source) => [
      ...source.matchAll(
        /"(initialize|ping|(?:server|tools|prompts|resources|completion|logging|subscriptions)\/[\w/]+)"/g,
      ),
    ]);
    const methods = new Set(named.map(([, method]) => method));
    expect(new Set(mcpExamples.map(({ method }) => method))).toEqual(methods);
  });
});

describe("every role", () => {
  let guarded: GuardedTeam;
  const people = new Map<Role, { key: Record<string, string>; session: Record<string, string> }>();
  beforeAll(async () => {
    guarded = await createGuardedTeam("numbat");
    for (const role of roles) {
      const person = await guarded.team.join(role);
      people.set(role, {
        key: { authorization: `Bearer ${person.apiKey}` },
        session: await signIn(person),
      });
    }
  });

  const closed = routes.filter(({ example }) => example.permission !== undefined);
  it.each(closed)("may use $route, or not, as its permissions say", async (route) => {
    const { permission = "any", ownersOnly, sessionOnly, endsSession } = route.example;
    if (endsSession) return;
    for (const [role, { key, session }] of people) {
      const allowed =
        (permission === "any" || permissionsOf(role).has(permission)) &&
        (!ownersOnly || role === "owner");
      const answer = await ask(route, { guarded, allowed, headers: sessionOnly ? session : key });
      const said = `${role}: ${answer.text}`;
      if (allowed) expect([401, 403, 500], said).not.toContain(answer.status);
      else expect([answer.status, answer.body?.error?.code], said).toEqual([403, "forbidden"]);
    }
  });
});

/** The example as it is, or, where it may be done, so that nothing comes of it. */
function ask(
  { method, path, example }: Route,
  asked: { guarded: GuardedTeam; allowed: boolean; headers: Record<string, string> },
): Promise<TestAnswer> {
  const [id = ""] = example.id === undefined ? [] : asked.guarded.subjects[example.id];
  const named = path.replace("{id}", encodeURIComponent(asked.allowed ? unknownLike(id) : id));
  return askHub(named, {
    ...example.request,
    ...(asked.allowed ? example.harmless : {}),
    method,
    env: unlimited,
    headers: { ...example.request?.headers, ...asked.headers },
  });
}
