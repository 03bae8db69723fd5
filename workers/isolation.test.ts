import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import hub from "./index";
import { createCallers, isKnownAt, type Caller } from "./testing/callers";
import { createGuardedTeam, type GuardedTeam } from "./testing/guarded-team";
import { sweepMethod } from "./testing/mcp-sweep";
import { mcpExamples } from "./testing/mcp-protection";
import { openApi, routesOf } from "./testing/routes";
import { stateOf } from "./testing/state";
import { addressFor, differences, sweepRoute, type Findings } from "./testing/sweep";
import type { TestAnswer } from "./testing/team";

const routes = routesOf(await openApi());

let guarded: GuardedTeam;
let other: GuardedTeam;
let callers: Caller[];
let before: string[];
let cells = 0;
let leaks = 0;
const state = () =>
  stateOf(guarded.team.id, [guarded.team.id, guarded.team.personId, guarded.word]);

const elsewhere = (): Caller => {
  const caller = callers.find(({ standing }) => standing === "elsewhere");
  if (!caller) throw new Error("Nobody is in another team.");
  return caller;
};

function count({ cells: judged, faults }: Findings): void {
  cells += judged;
  leaks += faults.length;
  expect(faults).toEqual([]);
}

beforeAll(async () => {
  guarded = await createGuardedTeam("quokka");
  other = await createGuardedTeam("wombat");
  callers = await createCallers(guarded, other);
  before = await state();
}, 60_000);

describe("the judge", () => {
  const leaking = (text: string, status = 200): TestAnswer => ({
    status,
    headers: new Headers(),
    body: undefined,
    text,
  });
  const stranger = () => ({ caller: elsewhere(), id: "con_0001", marks: guarded.marks });
  const nothing = leaking('{"error":"There is no con_7777."}', 404);

  it.each([
    ["another status", () => leaking('{"error":"There is no con_0001."}', 403)],
    ["another sentence", () => leaking('{"error":"You may not see con_0001."}', 404)],
    ["a further field", () => leaking('{"error":"There is no con_0001.","team":1}', 404)],
    ["a word of the team", () => leaking(`{"items":["${guarded.word}"]}`)],
    ["an id of the team", () => leaking(`{"items":["${guarded.team.id}"]}`)],
    ["the end of a key", () => leaking(guarded.team.apiKey.slice(9))],
  ])("notices an answer that leaks by %s", (_, answer) => {
    expect(differences({ answer: answer(), nothing }, stranger())).not.toEqual([]);
  });

  it("notices a leak in a header", () => {
    const answer = { ...nothing, headers: new Headers({ location: `/${guarded.team.id}` }) };
    expect(differences({ answer, nothing }, stranger())).not.toEqual([]);
  });

  it("finds nothing in two answers that tell the same", () => {
    const answer = leaking('{"error":"There is no con_0001."}', 404);
    expect(differences({ answer, nothing }, stranger())).toEqual([]);
  });

  it("notices a change of a row, an object or a key", async () => {
    await env.TOKENS.put(`${guarded.team.id}/canary`, "1");
    expect(await state()).not.toEqual(before);
    await env.TOKENS.delete(`${guarded.team.id}/canary`);
    const rename = "UPDATE teams SET name = name || ? WHERE id = ?";
    await env.DB.prepare(rename).bind("!", guarded.team.id).run();
    expect(await state()).not.toEqual(before);
    await env.DB.prepare("UPDATE teams SET name = ? WHERE id = ?")
      .bind(guarded.name, guarded.team.id)
      .run();
    expect(await state()).toEqual(before);
  });
});

it.each(routes)("$route", { timeout: 60_000 }, async (route) => {
  count(await sweepRoute(route, { callers, guarded }));
});

it.each(mcpExamples)("$method at the MCP endpoints", { timeout: 60_000 }, async (example) => {
  count(await sweepMethod(example, { callers, guarded }));
});

it("has changed nothing of the team by all that was tried", async () => {
  expect(await state()).toEqual(before);
});

it("opens the live stream for nobody who is unknown, and tells nobody of another team's calls", async () => {
  const outside = callers.filter(({ standing }) => standing !== "inside");
  const sockets = await Promise.all(outside.map(watch));
  const wanted = { unknown: 401, teamless: 403, elsewhere: 101, inside: 101 };
  for (const { caller, status } of sockets)
    expect(status, caller.name).toBe(
      isKnownAt(caller, "/api/v1") ? wanted[caller.standing] : wanted.unknown,
    );
  const call = await callEcho(guarded);
  // Whoever listened to another team would have heard of the first call before they hear of their own.
  await callEcho(other);
  for (const { caller, status, heard, socket } of sockets) {
    if (status === 101) await expect.poll(() => heard.join()).toContain('"finished"');
    // The team's word stands in what the other one asked for itself; its ids it never named.
    for (const id of [call, guarded.team.id, guarded.team.personId, guarded.team.keyId])
      expect(heard.join(), caller.name).not.toContain(id);
    socket?.close();
  }
  cells += sockets.length;
});

it("has judged every cell", () => {
  console.log(`isolation matrix: ${cells} cells, ${leaks} leaks`);
  expect(leaks).toBe(0);
  expect(cells).toBeGreaterThan(routes.length * callers.length);
});

/** What somebody hears who opens the live stream. */
async function watch(caller: Caller) {
  const request = new Request("http://127.0.0.1/api/v1/live", {
    headers: {
      upgrade: "websocket",
      "cf-connecting-ip": addressFor(caller, {
        perAddress: isKnownAt(caller, "/api/v1") ? Infinity : 200,
      }),
      ...caller.headers,
    },
  });
  const { status, webSocket: socket } = await hub.fetch(request, env, createExecutionContext());
  const heard: string[] = [];
  socket?.addEventListener("message", ({ data }) => heard.push(String(data)));
  socket?.accept();
  return { caller, status, socket, heard };
}

/** Runs the team's tool, until its ledger knows of it: the execution's id. */
async function callEcho({ team, subjects }: GuardedTeam): Promise<string> {
  const { body } = await team.ask(`/api/v1/tools/${subjects.tool[0]}/call`, {
    body: { arguments: { message: "live" } },
  });
  const path = `/api/v1/executions/${body.execution.id}`;
  await expect.poll(async () => (await team.ask(path)).body?.status).toBe("succeeded");
  return body.execution.id;
}
