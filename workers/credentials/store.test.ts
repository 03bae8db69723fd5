import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";
import { toBase64Url, toHex, utf8 } from "../platform/encoding";

const headers = { "x-api-key": "sesame-4f9a81-plus", "x-other": "quiet" };
const keysOf = async (team: TestTeam) =>
  (await env.TOKENS.list({ prefix: `t/${team.id}/` })).keys.map(({ name }) => name);
const secretOf = async (team: TestTeam) =>
  (await keysOf(team)).find((name) => name.includes("/c/")) ?? "";
const sync = (team: TestTeam, settings: Partial<Env> = {}) =>
  team.ask("/api/v1/connections/fixture/sync", { method: "POST", env: settings });

describe("a stored credential", () => {
  it("reaches the server, and stands in KV in no form anybody could read", async () => {
    const team = await createTeam();
    await connectServer(team, { headers });
    const { id } = await toolNamed(team, "whoami");
    const called = await team.ask(`/api/v1/tools/${id}/call`, { body: { arguments: {} } });
    expect(JSON.parse(called.body.result.content[0].text)).toMatchObject({
      "x-api-key": "[secret]",
      "x-other": "quiet",
    });

    const keys = await keysOf(team);
    expect(keys).toHaveLength(2);
    const forms = Object.values(headers).flatMap((value) => {
      const bytes = utf8(value);
      return [
        value,
        toHex(bytes),
        toBase64Url(bytes),
        btoa(`x${value}`).slice(4, 20),
        encodeURIComponent(value),
      ].map((form) => form.slice(0, 16));
    });
    for (const name of keys) {
      const stored = `${name} ${(await env.TOKENS.get(name)) ?? ""}`;
      expect(stored).toMatch(/ pb1\./);
      for (const form of [...forms, "x-api-key"]) expect(stored).not.toContain(form);
    }
  });

  it("of one connection does not open as another's", async () => {
    const [team, other] = [await createTeam(), await createTeam()];
    for (const one of [team, other]) await connectServer(one, { headers });
    await env.TOKENS.put(await secretOf(team), (await env.TOKENS.get(await secretOf(other))) ?? "");
    const refused = await sync(team);
    expect([refused.status, refused.body.error.code]).toEqual([500, "internal"]);
    expect(refused.text).not.toContain("sesame");
  });

  it("that was altered does not open, and says what to do", async () => {
    const team = await createTeam();
    await connectServer(team, { headers });
    const name = await secretOf(team);
    await env.TOKENS.put(
      name,
      ((await env.TOKENS.get(name)) ?? "").replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    );
    expect((await sync(team)).body.error.message).toContain("Enter it again");
  });

  it("that is gone is asked for again, and the connection is not blamed", async () => {
    const team = await createTeam();
    await connectServer(team, { headers });
    await env.TOKENS.delete(await secretOf(team));
    for (const answer of [
      await sync(team),
      await team.ask("/api/v1/connections/fixture/test", { method: "POST" }),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([503, "unavailable"]);
    expect((await team.ask("/api/v1/connections/fixture")).body.status).toBe("connected");
  });
});

it("a hub without its master key says which one it lacks, and stores nothing", async () => {
  const team = await createTeam();
  const settings: Partial<Env> = {
    PLUGBOARD_MASTER_KEYS: JSON.stringify({ other: btoa("x".repeat(32)) }),
  };
  const refused = await team.ask("/api/v1/connections", {
    body: { connector: "mcp", name: "Fixture", config: { url: env.FIXTURE_URL, headers } },
    env: settings,
  });
  expect(refused.status).toBe(503);
  expect(refused.body.error).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("master key test"),
  });
  expect((await team.ask("/api/v1/connections")).body.items).toEqual([]);
  expect((await connectServer(team, { headers })).status).toBe(201);
});
