import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import hub from "../index";
import {
  askHub,
  connectServer,
  createTeam,
  toolNamed,
  type TestRequest,
  type TestTeam,
} from "../testing/team";

const unlimited = { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" };
const settings = (change: Record<string, string>) => change as unknown as Partial<Env>;
const healthy = () => `${env.FAULTS_URL}/f/healthy/mcp`;

/** The numbers that reached the server's tool `count`. */
async function counted(): Promise<number[]> {
  const seen: { counted: number[] } = await (
    await fetch(`${env.FAULTS_URL}/f/healthy/seen`)
  ).json();
  return seen.counted;
}

let number = Math.floor(Math.random() * 1e9);
const nextNumber = () => (number += 1);

async function teamWithCounter() {
  const team = await createTeam();
  const { body: connection } = await connectServer(team, { url: healthy(), name: "Healthy" });
  return { team, connection, count: await toolNamed(team, "count") };
}

let team: TestTeam;
let count: { id: string };
const callCount = (body: unknown, init: TestRequest = {}) =>
  team.ask(`/api/v1/tools/${count.id}/call`, { body, env: settings(unlimited), ...init });

beforeAll(async () => {
  ({ team, count } = await teamWithCounter());
  // The registry read for the first call is remembered for those that follow.
  await callCount({ arguments: { n: nextNumber() } });
});

describe("a call that cannot be right", () => {
  it.each([
    { what: "a missing argument", args: {}, told: "n" },
    { what: "an argument of the wrong type", args: { n: "one" }, told: "arguments/n" },
    { what: "a fraction for a whole number", args: { n: 1.5 }, told: "arguments/n" },
    { what: "null", args: { n: null }, told: "arguments/n" },
  ])("is refused before the server sees anything: $what", async ({ args, told }) => {
    const before = await counted();
    const refused = await callCount({ arguments: args });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_arguments" } } });
    expect(refused.body.error.message).toContain(told);
    expect(await counted()).toEqual(before);
    expect(
      (await team.ask("/api/v1/executions")).body.items.map((item: { name: string }) => item.name),
    ).not.toContain("probe");
  });

  it.each([
    { what: "no JSON", body: "{", status: 400, code: "invalid_input" },
    { what: "an empty body", body: "", status: 400, code: "invalid_input" },
    { what: "an array", body: [], status: 400, code: "invalid_input" },
    { what: "null", body: "null", status: 400, code: "invalid_input" },
    { what: "a number", body: "7", status: 400, code: "invalid_input" },
    {
      what: "arguments that are an array",
      body: { arguments: [1] },
      status: 400,
      code: "invalid_input",
    },
    {
      what: "a field nobody knows",
      body: { arguments: { n: 1 }, teamId: "team_1" },
      status: 400,
      code: "invalid_input",
    },
  ])("has a body of $what", async ({ body, status, code }) => {
    const before = await counted();
    const refused = await callCount(body);
    expect(refused).toMatchObject({
      status,
      body: { error: { code, requestId: expect.stringMatching(/^req_/) } },
    });
    expect(refused.body.error.message).toMatch(/^body/);
    expect(await counted()).toEqual(before);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/json-seq",
    "",
  ])("has a body of the type %j", async (type) => {
    const probe = await toolNamed(team, "probe");
    // This tool takes no arguments too: a body that is overlooked would run it.
    const body = new TextEncoder().encode('{"arguments":{"text":"hi"}}');
    const request = new Request(`http://127.0.0.1/api/v1/tools/${probe.id}/call`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.apiKey}`,
        ...(type === "" ? {} : { "content-type": type }),
      },
      body,
    });
    const response = await hub.fetch(
      request,
      { ...env, ...settings(unlimited) },
      createExecutionContext(),
    );
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: "unsupported_media_type" } });
  });

  it("is taken with any spelling of JSON's own type", async () => {
    for (const type of [
      "APPLICATION/JSON",
      "application/json; charset=utf-8",
      "application/vnd.api+json",
    ]) {
      const n = nextNumber();
      expect(
        (await callCount({ arguments: { n } }, { headers: { "content-type": type } })).status,
      ).toBe(200);
      expect(await counted()).toContain(n);
    }
  });

  it.each([
    { how: "of a told length", stream: false },
    { how: "in chunks", stream: true },
  ])("has a body of 5 MB $how", async ({ stream }) => {
    const text = JSON.stringify({ arguments: { n: nextNumber(), text: "x".repeat(5_000_000) } });
    const ctx = createExecutionContext();
    const chunks = new Blob([text]).stream();
    const request = new Request(`http://127.0.0.1/api/v1/tools/${count.id}/call`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.apiKey}`,
        "content-type": "application/json",
        ...(stream ? {} : { "content-length": String(text.length) }),
      },
      body: stream ? chunks : text,
    });
    const response = await hub.fetch(request, { ...env, ...settings(unlimited) }, ctx);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: "payload_too_large" } });
    expect(await counted()).not.toContain(number);
  });

  it("takes a body in chunks that is small enough", async () => {
    const n = nextNumber();
    const ctx = createExecutionContext();
    const request = new Request(`http://127.0.0.1/api/v1/tools/${count.id}/call`, {
      method: "POST",
      headers: { authorization: `Bearer ${team.apiKey}`, "content-type": "application/json" },
      body: new Blob([JSON.stringify({ arguments: { n } })]).stream(),
    });
    const response = await hub.fetch(request, { ...env, ...settings(unlimited) }, ctx);
    expect(response.status).toBe(200);
    await waitOnExecutionContext(ctx);
    expect(await counted()).toContain(n);
  });

  it("nests 100,000 levels deep", async () => {
    const deep = `{"arguments":{"n":1,"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const refused = await callCount(deep);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_arguments" } } });
  });

  it.each(["tool_nobody", "count", "__proto__", "%00", "a'--", "🔌", "x".repeat(100)])(
    "names an unknown tool: %s",
    async (id) => {
      const refused = await team.ask(
        `/api/v1/tools/${encodeURIComponent(decodeURIComponent(id))}/call`,
        { body: {} },
      );
      expect(refused).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    },
  );

  it("names a tool whose name is too long to be one", async () => {
    expect(await team.ask(`/api/v1/tools/${"x".repeat(101)}/call`, { body: {} })).toMatchObject({
      status: 400,
    });
  });
});

describe("limits", () => {
  it("admit exactly as many as they say, of many at once, and tell the others when to come back", async () => {
    const { team, count } = await teamWithCounter();
    const numbers = Array.from({ length: 20 }, nextNumber);
    const answers = await Promise.all(
      numbers.map((n) =>
        team.ask(`/api/v1/tools/${count.id}/call`, {
          body: { arguments: { n } },
          env: settings({ ...unlimited, PLUGBOARD_USER_PER_MINUTE: "7" }),
        }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(refused).toHaveLength(13);
    for (const { headers, body } of refused) {
      const seconds = Number(headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(61);
      expect(headers.get("ratelimit-policy")).toBe('"person";q=7;w=60');
      expect(headers.get("ratelimit")).toBe(`"person";r=0;t=${seconds}`);
      expect(body.error).toMatchObject({
        code: "rate_limited",
        details: { retryAfterSeconds: seconds },
      });
      expect(body.error.message).toContain(`Try again in ${seconds} s`);
    }
    const reached = (await counted()).filter((n) => numbers.includes(n));
    expect(reached).toHaveLength(7);
  });

  it("say with every answer what is left", async () => {
    const { team, count } = await teamWithCounter();
    const left = [];
    for (let i = 0; i < 3; i++) {
      const { headers } = await team.ask(`/api/v1/tools/${count.id}/call`, {
        body: { arguments: { n: nextNumber() } },
        env: settings({ PLUGBOARD_USER_PER_MINUTE: "5", PLUGBOARD_CONNECTION_PER_MINUTE: "9" }),
      });
      expect(headers.get("ratelimit-policy")).toBe('"person";q=5;w=60, "connection";q=9;w=60');
      left.push(headers.get("ratelimit"));
    }
    expect(left).toEqual(
      [4, 3, 2].map((r) => `"person";r=${r};t=60, "connection";r=${r + 4};t=60`),
    );
  });

  it("count each person alone, and a connection over all of them", async () => {
    const { team, count } = await teamWithCounter();
    const other = await team.join("member");
    const limits = settings({
      PLUGBOARD_USER_PER_MINUTE: "2",
      PLUGBOARD_CONNECTION_PER_MINUTE: "3",
    });
    const call = async (who: TestTeam) =>
      (
        await who.ask(`/api/v1/tools/${count.id}/call`, {
          body: { arguments: { n: nextNumber() } },
          env: limits,
        })
      ).body;
    const statuses = [
      await call(team),
      await call(team),
      await call(team),
      await call(other),
      await call(other),
    ];
    expect(statuses.map((body) => body.execution?.status ?? body.error.details.limit.name)).toEqual(
      ["succeeded", "succeeded", "person", "succeeded", "connection"],
    );
  });

  it("are spent by no call that is refused for another reason", async () => {
    const { team, count } = await teamWithCounter();
    const limits = settings({ ...unlimited, PLUGBOARD_USER_PER_MINUTE: "1" });
    const call = (args: object) =>
      team.ask(`/api/v1/tools/${count.id}/call`, { body: { arguments: args }, env: limits });
    for (let i = 0; i < 3; i++) expect((await call({ n: "wrong" })).status).toBe(400);
    expect((await call({ n: nextNumber() })).status).toBe(200);
    expect((await call({ n: nextNumber() })).status).toBe(429);
  });

  it("are shared by REST and MCP", async () => {
    const { team, count } = await teamWithCounter();
    const limits = settings({ ...unlimited, PLUGBOARD_USER_PER_MINUTE: "1" });
    const overMcp = () =>
      team.ask("/mcp/c/healthy", {
        body: {
          jsonrpc: "2.0",
          id: 1,
          method: "tools/call",
          params: { name: "count", arguments: { n: nextNumber() } },
        },
        env: limits,
      });
    expect((await overMcp()).body.result.isError).toBeUndefined();
    const overRest = await team.ask(`/api/v1/tools/${count.id}/call`, {
      body: { arguments: { n: nextNumber() } },
      env: limits,
    });
    expect(overRest.status).toBe(429);
    expect((await overMcp()).body.error.data.code).toBe("rate_limited");
  });

  it("of 0 are none", async () => {
    const answers = await Promise.all(
      Array.from({ length: 35 }, () => callCount({ arguments: { n: nextNumber() } })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.headers.get("ratelimit")).toBeNull();
  });

  it.each(["many", "-1", "1.5", "", " ", "1e999", "30 "])(
    "of %j stop calls with a sentence that names the setting",
    async (value) => {
      const before = await counted();
      const answer = await callCount(
        { arguments: { n: nextNumber() } },
        { env: settings({ ...unlimited, PLUGBOARD_USER_PER_MINUTE: value }) },
      );
      if (value === "30 ") {
        // Spaces around a number are nobody's mistake.
        expect(answer.status).toBe(200);
        return;
      }
      expect(answer).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
      expect(answer.body.error.message).toContain("PLUGBOARD_USER_PER_MINUTE");
      expect(await counted()).toEqual(before);
      const ready = await askHub("/health/ready", {
        env: settings({ PLUGBOARD_USER_PER_MINUTE: value }),
      });
      expect(ready).toMatchObject({
        status: 503,
        body: { status: "not_ready", checks: { settings: "failed" } },
      });
    },
  );
});

describe("a tool that needs what REST cannot give", () => {
  it("is refused with the way to call it, and its call does not stay open", async () => {
    const team = await createTeam();
    await connectServer(team);
    const tool = await toolNamed(team, "test_input_required_result_elicitation");
    const refused = await team.ask(`/api/v1/tools/${tool.id}/call`, { body: {} });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: "tool_needs_input" } } });
    expect(refused.body.error.message).toContain("/mcp");
    const id = refused.body.error.details.executionId;
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${id}`)).body)
      .toMatchObject({ status: "failed", error: { code: "tool_needs_input" } });
  });
});

it("says what a server's own JSON-RPC error was, apart from the hub's sentence", async () => {
  const team = await createTeam();
  await connectServer(team, { url: `${env.FAULTS_URL}/f/error_in_200/mcp`, name: "Erring" });
  const probe = await toolNamed(team, "probe");
  const { body } = await team.ask(`/api/v1/tools/${probe.id}/call`, { body: {} });
  expect(body.error).toMatchObject({
    code: "upstream_error",
    details: {
      upstream: { code: -32603, message: "The fault upstream failed." },
      executionId: expect.stringMatching(/^exe_/),
    },
  });
  expect(body.error.message).not.toContain("The fault upstream failed");
});
