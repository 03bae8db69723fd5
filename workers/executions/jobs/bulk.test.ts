import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { connectServer, createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
let hang: string;
let failing: string;
const toolAt = async (fault: string): Promise<string> => {
  const url = `${env.FAULTS_URL}/f/${fault}/mcp`;
  const { body } = await connectServer(team, { url, name: fault });
  const { body: listed } = await team.ask(`/api/v1/tools?connection=${body.id}&query=probe`);
  return listed.items[0].id;
};
beforeAll(async () => {
  team = await createTeam();
  hang = await toolAt("hang");
  failing = await toolAt("tool_error");
});

const make = async (toolId: string, who = team): Promise<string> =>
  (await who.ask("/api/v1/jobs", { body: { toolId } })).body.id;
const bulk = (body: object, who = team) => who.ask("/api/v1/jobs/bulk", { body });
const statusOf = async (id: string) => (await team.ask(`/api/v1/jobs/${id}`)).body.status;
const become = async (ids: string[], status: string) => {
  for (const id of ids) await expect.poll(() => statusOf(id), { interval: 50 }).toBe(status);
};

describe("many jobs at once", () => {
  it("are counted first, then cancelled, those alone that can be", async () => {
    const running = [await make(hang), await make(hang)];
    const over = await make(failing);
    await become(running, "running");
    await become([over], "failed");
    const filter = { status: ["running", "failed"] };
    expect((await bulk({ action: "cancel", filter, preview: true })).body).toEqual({
      matched: 2,
      done: 0,
      more: false,
    });
    await become(running, "running");
    expect((await bulk({ action: "cancel", filter })).body).toEqual({
      matched: 2,
      done: 2,
      more: false,
    });
    await become(running, "cancelled");
    expect(await statusOf(over)).toBe("failed");
    expect((await bulk({ action: "cancel", filter: {} })).body.matched).toBe(0);
  });

  it("are retried by their ids, once each however often they are named", async () => {
    const ids = [await make(failing), await make(failing)];
    await become(ids, "failed");
    const named = [...ids, ...ids, "job_nobody"];
    expect((await bulk({ action: "retry", ids: named, preview: true })).body.matched).toBe(2);
    expect((await bulk({ action: "retry", ids: named })).body).toEqual({
      matched: 2,
      done: 2,
      more: false,
    });
    const attempts = async () =>
      Promise.all(ids.map(async (id) => (await team.ask(`/api/v1/jobs/${id}`)).body.attempts));
    await expect.poll(attempts).toEqual([2, 2]);
    await become(ids, "failed");
  });

  it("are one's own, without the permission for those of others", async () => {
    const [ada, bob] = [await team.join("member"), await team.join("member")];
    const mine = await make(failing, ada);
    const theirs = await make(failing, bob);
    await become([mine, theirs], "failed");
    for (const asked of [{ ids: [mine, theirs] }, { filter: { tool: failing } }])
      expect((await bulk({ action: "retry", ...asked, preview: true }, ada)).body.matched).toBe(1);
    const operator = await team.join("operator");
    const both = { action: "retry", ids: [mine, theirs], preview: true };
    expect((await bulk(both, operator)).body.matched).toBe(2);
    expect((await bulk(both, await createTeam())).body.matched).toBe(0);
    expect((await bulk(both, await team.join("viewer"))).status).toBe(403);
  });

  it("are those of others too for a key that may manage them and nothing else", async () => {
    const ada = await team.join("member");
    const theirs = await make(failing, ada);
    await become([theirs], "failed");
    const scopes = ["executions.manage"];
    const { body } = await team.ask("/api/v1/api-keys", { body: { name: "Manages", scopes } });
    const headers = { authorization: `Bearer ${body.apiKey}` };
    const asked = { action: "retry", preview: true, filter: { actor: ada.personId } };
    const found = await team.ask("/api/v1/jobs/bulk", { body: asked, headers });
    expect(found.body.matched).toBe(1);
    const listed = await team.ask(`/api/v1/jobs?actor=${ada.personId}`, { headers });
    expect(listed.body.items).toMatchObject([{ id: theirs }]);
  });

  it("of a hundred years are as many as there are", async () => {
    const asked = { action: "retry", preview: true };
    const { body } = await bulk({ ...asked, filter: { since: "1970-01-01", until: "2126-01-01" } });
    expect(body).toEqual({ matched: expect.any(Number), done: 0, more: false });
    expect(body.matched).toBeGreaterThan(2);
    expect((await bulk({ ...asked, filter: { until: "1970-01-02" } })).body.matched).toBe(0);
  });

  it.each([
    ["names nothing", { action: "cancel" }, "body"],
    ["names ids and a filter", { action: "cancel", ids: ["job_1"], filter: {} }, "body"],
    ["names no ids", { action: "cancel", ids: [] }, "body.ids"],
    ["names 501 ids", { action: "retry", ids: Array(501).fill("job_1") }, "body.ids"],
    ["does something else", { action: "delete", filter: {} }, "body.action"],
    [
      "asks for a state there is not",
      { action: "cancel", filter: { status: ["x"] } },
      "body.filter.status.0",
    ],
    [
      "asks for a time that is none",
      { action: "cancel", filter: { since: "soon" } },
      "body.filter.since",
    ],
    [
      "asks for a time below nothing",
      { action: "cancel", preview: true, filter: { since: "-1" } },
      "body.filter.since",
    ],
    [
      "asks for a day there is not",
      { action: "cancel", preview: true, filter: { until: "2026-02-31" } },
      "body.filter.until",
    ],
    ["has a field nobody knows", { action: "cancel", filter: { teamId: "team_1" } }, "body.filter"],
  ])("are left alone by a request that %s", async (_, body, field) => {
    expect(await bulk(body)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field } } },
    });
  });

  it("that have ended cannot be cancelled, nor those of another team", async () => {
    const id = await make(failing);
    await become([id], "failed");
    const cancel = (who: TestTeam) => who.ask(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
    expect(await cancel(team)).toMatchObject({
      status: 409,
      body: { error: { code: "conflict" } },
    });
    expect((await cancel(await createTeam())).status).toBe(404);
    const cursor = "exe_01k5x8m0qv2h7c9d4e6f8g0h2j";
    expect(await team.ask(`/api/v1/jobs?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field: "query.cursor" } } },
    });
  });
});
