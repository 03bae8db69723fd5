import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { ExecutionDetail } from "../../shared/contracts/executions";
import { mcpClient } from "../mcp/test-client";
import { countingTool } from "../testing/jobs";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";
import { recordedBody } from "./recorded-body";

let team: TestTeam;

const keep = (recordBodies: string, by = team) =>
  by.ask("/api/v1/team", { method: "PATCH", body: { recordBodies } });

async function echo(message: string) {
  const tool = await toolNamed(team, "echo");
  return team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: { message } } });
}

async function recorded(id: string): Promise<ExecutionDetail> {
  const read = async () => (await team.ask(`/api/v1/executions/${id}`)).body;
  await expect
    .poll(async () => (await read()).status ?? "running", { interval: 20 })
    .not.toBe("running");
  return ExecutionDetail.parse(await read());
}

const key = `ghp_${"a1B2".repeat(9)}`;
const said = `Ask ada@example.com, with ${key}.`;

beforeAll(async () => {
  team = await createTeam();
  await connectServer(team);
});

describe("what a team keeps of arguments and results", () => {
  it("is without personal data and secrets unless it says otherwise; the caller gets all of it", async () => {
    const { body } = await echo(said);
    expect(body.result.content[0].text).toContain(said);
    const masked = "Ask [email], with [secret].";
    expect(await recorded(body.execution.id)).toMatchObject({
      arguments: { json: { message: masked }, truncated: false, masked: true },
      result: { json: { content: [{ text: `Echo: ${masked}` }] }, masked: true },
    });
    const plain = await recorded((await echo("Nothing to see.")).body.execution.id);
    expect(plain.arguments).toEqual({
      json: { message: "Nothing to see." },
      characters: 29,
      truncated: false,
    });
  });

  it("is set by who may manage the team, and audited", async () => {
    expect((await keep("whole", await team.join("operator"))).status).toBe(403);
    for (const wrong of ["", "all", null, true])
      expect((await keep(wrong as string)).body.error).toMatchObject({
        code: "invalid_input",
        details: { field: "body.recordBodies" },
      });
    expect((await team.ask("/api/v1/team")).body.recordBodies).toBe("masked");
    expect((await keep("whole")).body.recordBodies).toBe("whole");
    expect((await team.ask("/api/v1/audit")).body.items[0]).toMatchObject({
      action: "team.update",
      before: { recordBodies: "masked" },
      after: { recordBodies: "whole" },
    });
  });

  it("can be whole, but for secrets, from the next call on", async () => {
    await keep("whole");
    const { body } = await echo(said);
    expect(await recorded(body.execution.id)).toMatchObject({
      arguments: { json: { message: "Ask ada@example.com, with [secret]." }, masked: true },
    });
  });

  it("can be its size alone, and none of what a server says on the way", async () => {
    await keep("none");
    const { body } = await echo(said);
    const { arguments: args, result } = await recorded(body.execution.id);
    const length = JSON.stringify({ message: said }).length;
    expect(args).toEqual({ characters: length, truncated: true });
    expect(result).toEqual({ characters: expect.any(Number), truncated: true });
    const client = mcpClient(team, { era: "legacy" });
    const { exposedName } = await toolNamed(team, "test_tool_with_logging");
    await client("tools/call", { name: exposedName, arguments: {} });
    const [execution] = (await team.ask("/api/v1/executions?surface=mcp")).body.items;
    await recorded(execution.id);
    const events = (await team.ask(`/api/v1/executions/${execution.id}/events`)).body.items;
    const logs = events.filter(({ type }: { type: string }) => type === "log");
    expect(logs.length).toBeGreaterThan(0);
    for (const { data } of logs) expect(Object.keys(data)).toEqual(["level"]);
    await keep("masked");
  });

  it("holds for a key that is used again: the first answer comes whole", async () => {
    const tool = await toolNamed(team, "echo");
    const ask = () =>
      team.ask(`/api/v1/tools/${tool.id}/call`, {
        body: { arguments: { message: said } },
        headers: { "idempotency-key": "once-and-for-all" },
      });
    const first = await ask();
    await recorded(first.body.execution.id);
    expect((await ask()).body.result).toEqual(first.body.result);
  });

  it("names the AI client that called", async () => {
    const client = mcpClient(team);
    const { exposedName } = await toolNamed(team, "echo");
    await client("tools/call", { name: exposedName, arguments: { message: "hi" } });
    const latest = async () => (await team.ask("/api/v1/executions?surface=mcp")).body.items[0];
    await expect.poll(async () => (await latest()).context.client).toEqual(expect.any(String));
  });
});

describe("a long body", () => {
  const parse = (text: string) => JSON.parse(text) as Record<string, unknown>;

  it("is masked in its preview, also where a secret goes past its end", () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${"MIIB".repeat(400)}`;
    const value = {
      email: "ada@example.com",
      password: "a b",
      text: `${"x".repeat(1500)} ${pem}`,
      more: "y".repeat(40_000),
    };
    const body = parse(recordedBody({ json: JSON.stringify(value), value, keep: "masked" }));
    expect(body).toMatchObject({ truncated: true, masked: true });
    expect(body["preview"]).toMatch(
      /^\{"email":"\[email\]","password":"\[secret\]","text":"x+ \[secret\]/,
    );
    expect(body["preview"]).not.toContain("MIIB");
  });

  it("shows nothing of what stands under a secret's name, whatever it is", async () => {
    const probe = await countingTool(team, "healthy", { name: "probe" });
    const secrets = {
      pin: "4711",
      otp: "815623",
      cvv: 123,
      credentials: { user: "bob", code: "hunter2" },
      auth: "s3cr3t-value-1",
      password: ["alpha", "beta"],
      phone: "030 1234567",
    };
    const { body } = await team.ask(`/api/v1/tools/${probe.id}/call`, {
      body: { arguments: { ...secrets, pad: "x".repeat(40_000) } },
    });
    const { arguments: args } = await recorded(body.execution.id);
    expect(args).toMatchObject({ truncated: true, masked: true });
    expect(args?.preview).toMatch(
      /^\{"pin":"\[secret\]","otp":"\[secret\]","cvv":"\[secret\]","credentials":\{"user":"\[secret\]","code":"\[secret\]"\},"auth":"\[secret\]","password":\["\[secret\]","\[secret\]"\],"phone":"\[phone\]","pad":"x+$/,
    );
    expect(args?.preview).toHaveLength(2048);
  });

  it("is not read twice: a text alone comes to the same", () => {
    const value = { to: ["ada@example.com", 1], card: 4111111111111111 };
    const json = JSON.stringify(value);
    expect(recordedBody({ json, keep: "masked" })).toBe(
      recordedBody({ json, value, keep: "masked" }),
    );
    expect(parse(recordedBody({ json, keep: "masked" }))["json"]).toEqual({
      to: ["[email]", 1],
      card: "[card]",
    });
  });
});

it("lives in the deployment's registry with a default", async () => {
  const row = await env.DB.prepare("SELECT record_bodies AS kept FROM teams WHERE id = ?")
    .bind((await createTeam()).id)
    .first("kept");
  expect(row).toBe("masked");
});
