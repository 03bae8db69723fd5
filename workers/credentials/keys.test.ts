import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { createTeamKey, teamKey } from "./keys";

const key = (fill: string) => btoa(fill.repeat(32));
const withKeys = (keys: unknown): Env => ({
  ...env,
  PLUGBOARD_MASTER_KEYS: typeof keys === "string" ? keys : JSON.stringify(keys),
});
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a team's data key", () => {
  it("is wrapped with the last master key named, and opens while that one is there", async () => {
    const team = newId("team");
    await createTeamKey(withKeys({ old: key("a"), new: key("b") }), team);
    const wrapped = await env.TOKENS.get(`t/${team}/data-key`);
    expect(wrapped).toMatch(/^pb1\.new\.1\./);
    const opened = await teamKey(withKeys({ new: key("b"), newest: key("c") }), team);
    expect(opened.key.extractable).toBe(false);
  });

  it("says which master key is lost, and opens again once it is back", async () => {
    const team = newId("team");
    await createTeamKey(withKeys({ lost: key("a") }), team);
    const error = await failure(teamKey(withKeys({ other: key("b") }), team));
    expect(error).toMatchObject({
      code: "unavailable",
      message:
        "The team's data key is wrapped with master key lost, which PLUGBOARD_MASTER_KEYS does not hold. Put it back.",
    });
    await expect(
      teamKey(withKeys({ other: key("b"), lost: key("a") }), team),
    ).resolves.toMatchObject({ id: "d1" });
  });

  it("does not open with another key of the same name, nor at another team", async () => {
    const [team, other] = [newId("team"), newId("team")];
    await createTeamKey(withKeys({ k: key("a") }), team);
    expect(await failure(teamKey(withKeys({ k: key("b") }), team))).toMatchObject({
      code: "internal",
    });
    await env.TOKENS.put(`t/${other}/data-key`, (await env.TOKENS.get(`t/${team}/data-key`)) ?? "");
    expect(await failure(teamKey(withKeys({ k: key("a") }), other))).toMatchObject({
      code: "internal",
    });
  });

  it("that is not there is asked for again later", async () => {
    expect(await failure(teamKey(env, newId("team")))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("try again"),
    });
  });
});

it.each([
  ["none at all", "{}"],
  ["no JSON", "nonsense"],
  ["a list", [key("a")]],
  ["a key that is too short", { k: btoa("short") }],
  ["a key that is no base64", { k: "%%%" }],
  ["an id of digits, whose order would be lost", { 2: key("a"), 1: key("b") }],
  ["an id with a dot, which would break the record", { "a.b": key("a") }],
])("master keys that hold %s are refused, and not shown", async (_what, keys) => {
  const error = (await failure(createTeamKey(withKeys(keys), newId("team")))) as Error;
  expect(error).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("PLUGBOARD_MASTER_KEYS"),
  });
  expect(error.message).not.toContain(key("a"));
});
