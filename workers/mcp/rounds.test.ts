import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../connectors";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import { mcpClient, type ClientOptions, type Reply, type TestClient } from "./test-client";

const capabilities = { elicitation: { form: {} }, sampling: {}, roots: {} };
const multiRound = "fixture__test_input_required_result_multi_round";
const accept = (content: JsonObject) => ({ action: "accept", content });

let team: TestTeam;
let mcp: TestClient;

beforeAll(async () => {
  team = await createTeam();
  mcp = mcpClient(team, { capabilities, env: { PLUGBOARD_USER_PER_MINUTE: "0" } });
  await connectServer(team);
  await connectServer(team, { name: "Twin" });
});

const begin = (name = multiRound, client = mcp, options: ClientOptions = {}) =>
  client("tools/call", { name, arguments: {} }, options);

const goOn = (
  asked: Reply,
  answers: JsonObject,
  { name = multiRound, client = mcp, changed = {} } = {},
) =>
  client("tools/call", {
    name,
    arguments: {},
    requestState: asked.result.requestState,
    inputResponses: answers,
    ...changed,
  });

describe("a call that asks its caller", () => {
  it("goes through its rounds as one execution that costs one admission", async () => {
    const own = await createTeam();
    await connectServer(own);
    const limits = { PLUGBOARD_USER_PER_MINUTE: "1", PLUGBOARD_CONNECTION_PER_MINUTE: "1" };
    const client = mcpClient(own, { capabilities, env: limits });
    const first = await begin(multiRound, client);
    expect(first.result).toMatchObject({
      resultType: "input_required",
      inputRequests: { step1: { method: "elicitation/create" } },
    });
    const second = await goOn(first, { step1: accept({ name: "Ada" }) }, { client });
    expect(second.result).toMatchObject({
      resultType: "input_required",
      inputRequests: { step2: {} },
    });
    expect(second.result.requestState).not.toBe(first.result.requestState);
    const third = await goOn(second, { step2: accept({ color: "blue" }) }, { client });
    expect(third.result).toMatchObject({
      resultType: "complete",
      content: [{ text: "Ada likes blue" }],
    });
    expect((await begin(multiRound, client)).error).toMatchObject({
      data: { code: "rate_limited" },
    });
    await expect
      .poll(async () => (await own.ask("/api/v1/executions")).body.items)
      .toMatchObject([{ status: "succeeded", name: "test_input_required_result_multi_round" }]);
  });

  it("goes on for nobody who lost the connection, or their membership, in between", async () => {
    const own = await createTeam();
    await connectServer(own);
    const member = await own.join("member");
    const client = mcpClient(member, { capabilities });
    const path = "/api/v1/connections/fixture/access";
    const access = { roles: [], people: [], needsSecondFactor: false };
    const first = await begin(multiRound, client);
    const answers = { step1: accept({ name: "Ada" }) };
    await own.ask(path, { method: "PUT", body: { ...access, restricted: true } });
    expect((await goOn(first, answers, { client })).error).toMatchObject({
      data: { code: "not_found" },
    });
    await own.ask(path, { method: "PUT", body: { ...access, restricted: false } });
    const second = await goOn(first, answers, { client });
    expect(second.result).toMatchObject({ inputRequests: { step2: {} } });
    await own.ask(`/api/v1/members/${member.personId}`, { method: "DELETE" });
    expect(
      (await goOn(second, { step2: accept({ color: "blue" }) }, { client })).error,
    ).toMatchObject({ data: { code: "unauthorized" } });
  });

  it("goes on after the registry has changed in between", async () => {
    const first = await begin();
    await env.TEAM_GATE.getByName(team.id).bump();
    const second = await goOn(first, { step1: accept({ name: "Ada" }) });
    expect(second.result).toMatchObject({ resultType: "input_required" });
  });

  it("hands the server its own state, never the hub's", async () => {
    const name = "test_input_required_result_request_state";
    const client = mcpClient(team, { capabilities, path: "/mcp/c/fixture" });
    const first = await begin(name, client);
    const done = await goOn(first, { confirm: accept({ ok: true }) }, { name, client });
    expect(done.result.content[0].text).toContain("state-ok");
  });

  it("may be a prompt", async () => {
    const asked = await mcp("prompts/get", { name: "fixture__test_input_required_result_prompt" });
    expect(asked.result).toMatchObject({
      resultType: "input_required",
      inputRequests: { user_context: {} },
    });
    const done = await mcp("prompts/get", {
      name: "fixture__test_input_required_result_prompt",
      requestState: asked.result.requestState,
      inputResponses: { user_context: accept({ context: "testing" }) },
    });
    expect(done.result.messages[0].content.text).toBe("Use this context: testing");
  });

  it("asks for nothing its caller has not declared", async () => {
    const reply = await begin("fixture__test_input_required_result_elicitation", mcp, {
      capabilities: {},
    });
    expect(reply).toMatchObject({ status: 400, error: { code: -32021 } });
  });
});

describe("what a caller brings back", () => {
  const refused = {
    error: {
      code: -32602,
      message: expect.stringContaining("requestState"),
      data: { code: "invalid_input" },
    },
  };
  const answers = { step1: accept({ name: "Ada" }) };

  it("counts once", async () => {
    const first = await begin();
    expect((await goOn(first, answers)).result).toMatchObject({ resultType: "input_required" });
    expect(await goOn(first, answers)).toMatchObject(refused);
  });

  it("counts once even when it comes many times at once", async () => {
    const first = await begin();
    const all = await Promise.all(Array.from({ length: 5 }, () => goOn(first, answers)));
    expect(all.filter(({ result }) => result !== undefined)).toHaveLength(1);
    for (const reply of all.filter(({ error }) => error !== undefined))
      expect(reply).toMatchObject(refused);
  });

  it("counts no more once the call has ended", async () => {
    const first = await begin();
    const second = await goOn(first, answers);
    await goOn(second, { step2: accept({ color: "red" }) });
    expect(await goOn(second, { step2: accept({ color: "red" }) })).toMatchObject(refused);
  });

  it("is refused altered", async () => {
    const { result } = await begin();
    const state: string = result.requestState;
    const flip = (at: number) =>
      `${state.slice(0, at)}${state[at] === "A" ? "B" : "A"}${state.slice(at + 1)}`;
    const altered = [
      flip(5),
      flip(Math.floor(state.length / 2)),
      flip(state.length - 3),
      state.slice(0, -4),
      `${state}AAAA`,
      "",
      "x",
      7,
      null,
      {},
    ];
    for (const requestState of altered)
      expect(await goOn({ result: { requestState } } as Reply, answers)).toMatchObject(refused);
    expect((await goOn({ result } as Reply, answers)).result).toMatchObject({
      resultType: "input_required",
    });
  });

  it("is refused from another key of the team, another tool, another connection, another method, another team", async () => {
    const first = await begin();
    const colleague = mcpClient(await team.join("member"), { capabilities });
    expect(await goOn(first, answers, { client: colleague })).toMatchObject(refused);
    expect(
      await goOn(first, answers, { name: "fixture__test_input_required_result_elicitation" }),
    ).toMatchObject(refused);
    expect(
      await goOn(first, answers, { name: multiRound.replace("fixture", "twin") }),
    ).toMatchObject(refused);
    const prompt = await mcp("prompts/get", {
      name: "fixture__test_input_required_result_prompt",
      requestState: first.result.requestState,
    });
    expect(prompt).toMatchObject(refused);
    const others = await createTeam();
    await connectServer(others);
    expect(
      await goOn(first, answers, { client: mcpClient(others, { capabilities }) }),
    ).toMatchObject(refused);
    expect((await goOn(first, answers)).result).toMatchObject({ resultType: "input_required" });
  });

  it("is good at the connection's own address too", async () => {
    const first = await begin();
    const done = await mcp(
      "tools/call",
      {
        name: "test_input_required_result_multi_round",
        arguments: {},
        requestState: first.result.requestState,
        inputResponses: answers,
      },
      { path: "/mcp/c/fixture" },
    );
    expect(done.result).toMatchObject({ resultType: "input_required" });
  });
});

describe("a caller that cannot be asked", () => {
  const legacy = { era: "legacy" } as const;
  const needsInput = {
    isError: true,
    _meta: { "io.plugboard/error": { code: "tool_needs_input", executionId: expect.any(String) } },
  };

  it("of an older revision is told so, and the execution ends", async () => {
    const { status, result } = await begin(
      "fixture__test_input_required_result_elicitation",
      mcp,
      legacy,
    );
    expect(status).toBe(200);
    expect(result).toMatchObject(needsInput);
    expect(result.content[0].text).toContain("2026-07-28");
    const { executionId } = result._meta["io.plugboard/error"];
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${executionId}`)).body.status)
      .toBe("failed");
  });

  it("gets no empty success from a server that asks without having been told that it may", async () => {
    // It claims what no older client can: the server believes it and asks.
    const params = {
      name: "fixture__test_input_required_result_elicitation",
      arguments: {},
      _meta: { "io.modelcontextprotocol/clientCapabilities": capabilities },
    };
    const { result } = await mcp("tools/call", params, legacy);
    expect(result).toMatchObject(needsInput);
    const { executionId } = result._meta["io.plugboard/error"];
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${executionId}`)).body)
      .toMatchObject({ status: "failed", error: { code: "tool_needs_input" } });
  });

  it("gets a JSON-RPC error for a prompt that asks", async () => {
    const reply = await mcp(
      "prompts/get",
      { name: "fixture__test_input_required_result_prompt" },
      legacy,
    );
    expect(reply).toMatchObject({
      status: 200,
      error: { code: -32000, data: { code: "tool_needs_input" } },
    });
  });

  it("of an older server behind a 2026-07-28 client ends with the server's own error", async () => {
    await connectServer(team, { name: "Older", url: env.LEGACY_FIXTURE_URL });
    const { result, error } = await begin("older__test_input_required_result_elicitation");
    expect(result?.isError === true || error !== undefined).toBe(true);
  });
});
