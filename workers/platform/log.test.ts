import { afterEach, describe, expect, it, vi } from "vitest";
import { connectServer, createTeam, toolNamed } from "../testing/team";
import { describeError, log } from "./log";

const levels = ["info", "warn", "error"] as const;
const spy = () =>
  levels.map((level) => vi.spyOn(console, level).mockImplementation(() => undefined));
const linesOf = (spies: ReturnType<typeof spy>) =>
  spies.flatMap(({ mock }) => mock.calls.map(([line]) => String(line)));

afterEach(() => vi.restoreAllMocks());

it("writes one JSON line per event, whatever stands in it", () => {
  const spies = spy();
  for (const level of levels)
    log(level, "thing.happened", {
      text: 'a "quoted"\nline\u2028',
      count: 1,
      none: null,
      gone: undefined,
    });
  const lines = linesOf(spies);
  expect(lines).toHaveLength(3);
  for (const [i, line] of lines.entries()) {
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({
      level: levels[i],
      event: "thing.happened",
      text: 'a "quoted"\nline\u2028',
      count: 1,
      none: null,
    });
  }
});

describe("describeError", () => {
  it("tells the whole of an error and of what caused it", () => {
    const error = new Error("outer", { cause: new TypeError("inner", { cause: "innermost" }) });
    const text = describeError(error);
    for (const part of ["outer", "TypeError: inner", "innermost", "log.test"])
      expect(text).toContain(part);
  });

  it("is bounded, also when an error causes itself", () => {
    expect(describeError(new Error("x".repeat(100_000))).length).toBeLessThanOrEqual(4000);
    const circle = new Error("round");
    circle.cause = circle;
    expect(describeError(circle).length).toBeLessThanOrEqual(4000);
  });

  it.each([undefined, null, 7, "text", { a: 1 }, Object.create(null), Symbol("s")])(
    "takes anything that can be thrown: %j",
    (thrown) => {
      expect(typeof describeError(thrown)).toBe("string");
    },
  );
});

it("holds no secret when everything goes wrong", async () => {
  const spies = spy();
  const secret = "sk-live-canary-2b8e4f6a1c";
  const team = await createTeam();
  await connectServer(team, { headers: { authorization: `Bearer ${secret}` } });
  const echo = await toolNamed(team, "echo");
  const broken = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error("gone");
      },
    },
  ) as never;
  const call = { body: { arguments: { message: `note ${secret}` } } };
  await team.ask(`/api/v1/tools/${echo.id}/call`, { ...call, env: { TOKENS: broken } });
  await team.ask(`/api/v1/tools/${echo.id}/call`, { ...call, env: { TEAM_GATE: broken } });
  await team.ask("/api/v1/connections", {
    body: {
      connector: "mcp",
      name: "Other",
      config: { url: "http://127.0.0.1:1/mcp", headers: { "x-api-key": secret } },
    },
    env: { DB: broken },
  });
  const lines = linesOf(spies);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      event: expect.any(String),
      requestId: expect.stringMatching(/^req_/),
    });
    for (const form of [secret, btoa(secret).slice(0, 24), team.apiKey.slice(9)])
      expect(line).not.toContain(form);
  }
});
