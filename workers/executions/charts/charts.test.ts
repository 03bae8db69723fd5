import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ExecutionSeries, ExecutionTop } from "../../../shared/contracts/charts";
import { connectServer, createTeam, type TestTeam } from "../../testing/team";

const dayMs = 86_400_000;

let team: TestTeam;
let other: TestTeam;
let outsider: TestTeam;
let open: { id: string; toolId: string };
let closed: { id: string; toolId: string };

async function connected(name: string): Promise<{ id: string; toolId: string }> {
  const { body } = await connectServer(team, { name });
  const { items } = (await team.ask(`/api/v1/tools?limit=200&connection=${body.id}`)).body;
  const tool = items.find((one: { name: string }) => one.name === "echo");
  return { id: body.id, toolId: tool.id };
}

const call = (who: TestTeam, toolId: string) =>
  who.ask(`/api/v1/tools/${toolId}/call`, { body: { arguments: { message: "hi" } } });

const total = ({ points }: ExecutionSeries) => points.reduce((sum, point) => sum + point.total, 0);

async function series(who: TestTeam, query = ""): Promise<ExecutionSeries> {
  return (await who.ask(`/api/v1/executions/series?${query}`)).body;
}
async function top(who: TestTeam, query = ""): Promise<ExecutionTop["items"]> {
  return (await who.ask(`/api/v1/executions/top?${query}`)).body.items;
}

beforeAll(async () => {
  team = await createTeam();
  other = await team.join("member");
  outsider = await team.join("viewer");
  open = await connected("Open");
  closed = await connected("Closed");
  await team.ask(`/api/v1/connections/${closed.id}/access`, {
    method: "PUT",
    body: {
      restricted: true,
      roles: [],
      people: [team.personId, other.personId],
      needsSecondFactor: false,
    },
  });
  await call(team, open.toolId);
  await call(other, open.toolId);
  for (let n = 0; n < 3; n++) await call(other, closed.toolId);
  for (let tries = 0; tries < 50 && total(await series(team)) < 5; tries++)
    await scheduler.wait(100);
});

describe("the series", () => {
  it("has a point for every bucket of the last day, and counts each call once", async () => {
    const answer = await series(team);
    expect(answer.unit).toBe("hour");
    expect(answer.points.length).toBeGreaterThanOrEqual(24);
    const { at, ...last } = answer.points.findLast((point) => point.total > 0) ?? { at: 0 };
    expect(at % 3_600_000).toBe(0);
    expect(last).toMatchObject({ failed: 0, p50Ms: expect.any(Number) });
  });

  it.each([
    { of: "a tool", query: () => `tool=${open.toolId}`, counted: 2 },
    { of: "a connection", query: () => `connection=${closed.id}`, counted: 3 },
    { of: "a connection by its slug", query: () => "connection=open", counted: 2 },
    { of: "a person", query: () => `actor=${other.personId}`, counted: 4 },
    { of: "a key", query: () => `actor=${team.keyId}`, counted: 1 },
    { of: "a tool nobody has", query: () => "tool=tool_none", counted: 0 },
  ])("is of $of", async ({ query, counted }) => {
    expect(total(await series(team, query()))).toBe(counted);
  });

  it("counts nothing of a connection that does not exist for whoever asks", async () => {
    expect(total(await series(outsider))).toBe(2);
    expect(total(await series(outsider, `connection=${closed.id}`))).toBe(0);
    expect(total(await series(outsider, `tool=${closed.toolId}`))).toBe(0);
    expect(total(await series(outsider, `actor=${other.personId}`))).toBe(1);
    expect((await outsider.ask("/api/v1/executions/summary")).body.total).toBe(2);
  });

  it("counts nothing of another team", async () => {
    expect(total(await series(await createTeam(), `tool=${open.toolId}`))).toBe(0);
  });

  it.each([
    { what: "fifty years", query: "since=1976-01-01", field: "query.since" },
    {
      what: "a hundred years to come",
      query: "since=2026-01-01&until=2126-01-01",
      field: "query.since",
    },
    {
      what: "every minute of a month",
      query: `unit=minute&since=${Date.now() - 30 * dayMs}`,
      field: "query.unit",
    },
    {
      what: "an end before its beginning",
      query: "since=2026-02-01&until=2026-01-01",
      field: "query.since",
    },
    { what: "no time", query: "since=yesterday", field: "query.since" },
    {
      what: "times no clock tells",
      query: "since=1180591620717411303424&until=1180591620717412614144",
      field: "query.since",
    },
    { what: "an end no clock tells", query: "until=8640000000000001", field: "query.until" },
    { what: "an unknown unit", query: "unit=week", field: "query.unit" },
    { what: "a tool and an actor at once", query: "tool=tool_1&actor=per_1", field: "query.actor" },
  ])("refuses $what, and names the field", async ({ query, field }) => {
    const { status, body } = await team.ask(`/api/v1/executions/series?${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "invalid_input", details: { field } });
  });
});

describe("the top", () => {
  it("names tools, connections and people, the most used first", async () => {
    expect(await top(team)).toMatchObject([
      {
        key: closed.toolId,
        name: "closed__echo",
        total: 3,
      },
      { key: open.toolId, name: "open__echo", total: 2 },
    ]);
    expect(await top(team, "by=connection")).toMatchObject([
      { key: closed.id, name: "Closed", total: 3 },
      { key: open.id, name: "Open", total: 2 },
    ]);
    expect(await top(team, "by=actor&limit=1")).toMatchObject([
      { key: other.personId, name: "Somebody", total: 4 },
    ]);
    expect(await top(team, "by=error")).toEqual([]);
  });

  it("lists nothing of a connection that does not exist for whoever asks", async () => {
    expect(await top(outsider)).toMatchObject([{ key: open.toolId, total: 2 }]);
    expect(await top(outsider, "by=connection")).toMatchObject([{ key: open.id, total: 2 }]);
    expect((await top(outsider, "by=actor")).map((item) => item.total)).toEqual([1, 1]);
  });

  it("keeps the ids of what is gone", async () => {
    await env.DB.prepare("DELETE FROM connections WHERE id = ?").bind(open.id).run();
    const items = await top(team, "by=connection");
    expect(items.find(({ key }) => key === open.id)?.name).toBe(open.id);
  });
});
