import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { utf8 } from "../platform/encoding";
import { createTeamKey, loadRing, teamKey } from "./keys";

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

describe("a master key from a passphrase", () => {
  const stretched = (change: object = {}) => ({
    passphrase: "correct horse battery",
    salt: btoa("0123456789abcdef"),
    iterations: 600_000,
    ...change,
  });

  it("opens what it wrapped, and nothing with another passphrase, salt or number of iterations", async () => {
    const team = newId("team");
    await createTeamKey(withKeys({ words: stretched() }), team);
    expect(await env.TOKENS.get(`t/${team}/data-key`)).toMatch(/^pb1\.words\.1\./);
    await expect(teamKey(withKeys({ words: stretched() }), team)).resolves.toMatchObject({
      id: "d1",
    });
    for (const change of [
      { passphrase: "correct horse batterx" },
      { salt: btoa("0123456789abcdeF") },
      { iterations: 600_001 },
    ])
      expect(await failure(loadRing(withKeys({ words: stretched(change) }), team))).toMatchObject({
        code: "internal",
      });
  });

  it("is stretched in derivations of a hundred thousand iterations, one on top of the other", async () => {
    const team = newId("team");
    let secret: BufferSource = utf8("correct horse battery");
    for (let round = 0; round < 6; round++) {
      const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
      const how = {
        name: "PBKDF2",
        hash: "SHA-256",
        salt: utf8("0123456789abcdef"),
        iterations: 100_000,
      };
      secret = await crypto.subtle.deriveBits(how, base, 256);
    }
    await createTeamKey(withKeys({ words: stretched() }), team);
    const plain = { words: btoa(String.fromCharCode(...new Uint8Array(secret as ArrayBuffer))) };
    await expect(teamKey(withKeys(plain), team)).resolves.toMatchObject({ id: "d1" });
  });

  it.each([
    ["too few iterations", { iterations: 599_999 }],
    ["a salt that is too short", { salt: btoa("short") }],
    ["a passphrase that is too short", { passphrase: "hunter2" }],
    ["something nobody knows", { pepper: "x" }],
  ])("with %s is refused, and not shown", async (_what, change) => {
    const error = await failure(
      createTeamKey(withKeys({ words: stretched(change) }), newId("team")),
    );
    expect(error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("600000"),
    });
    expect(String(error)).not.toContain("correct horse");
  });
});
