import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { askHub, connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";
import { makeApiKey } from "./keys/api-key";
import { apiKeys, members } from "./tables";

let team: TestTeam;
let member: TestTeam;
beforeEach(async () => {
  team = await createTeam();
  await connectServer(team);
  member = await team.join("member");
});

async function revoke(who: TestTeam): Promise<void> {
  await drizzle(env.DB)
    .update(apiKeys)
    .set({ revokedAt: Date.now() })
    .where(eq(apiKeys.id, who.keyId));
  await env.TEAM_GATE.getByName(who.id).bump();
}

const rpc = (method: string, params: object = {}) => ({ jsonrpc: "2.0", id: 1, method, params });
const callEcho = { name: "fixture__echo", arguments: { message: "hi" } };

async function ways(who: TestTeam): Promise<Record<string, () => Promise<number>>> {
  const echo = await toolNamed(team, "echo");
  const status = (path: string, body?: unknown) => async () =>
    (await who.ask(path, { body })).status;
  return {
    "a tool call over REST": status(`/api/v1/tools/${echo.id}/call`, {
      arguments: { message: "hi" },
    }),
    "a call that would be refused anyway": status(`/api/v1/tools/${echo.id}/call`, {
      arguments: {},
    }),
    "a list over REST": status("/api/v1/tools"),
    "a tool call over MCP": status("/mcp", rpc("tools/call", callEcho)),
    "a list over MCP": status("/mcp", rpc("tools/list")),
    "one connection's MCP": status(
      "/mcp/c/fixture",
      rpc("tools/call", { ...callEcho, name: "echo" }),
    ),
  };
}

describe("a key that was revoked", () => {
  it("is refused on the next request, whatever it asks", async () => {
    const before = await ways(member);
    for (const ask of Object.values(before)) expect(await ask()).not.toBe(401);
    await revoke(member);
    const after = await Promise.all(
      Object.entries(before).map(async ([way, ask]) => [way, await ask()]),
    );
    expect(Object.fromEntries(after)).toEqual(
      Object.fromEntries(Object.keys(before).map((way) => [way, 401])),
    );
  });

  it.each([0, 1, 2, 3, 4, 5])("is refused when that is the first thing it asks (%i)", async (n) => {
    const [way, ask] = Object.entries(await ways(member))[n] ?? [];
    await ask?.();
    await revoke(member);
    expect(await ask?.(), way).toBe(401);
  });

  it("takes no other key along", async () => {
    await revoke(member);
    expect((await team.ask("/api/v1/me")).status).toBe(200);
  });
});

it("refuses the key of somebody who left the team", async () => {
  expect((await member.ask("/api/v1/me")).status).toBe(200);
  await drizzle(env.DB).delete(members).where(eq(members.personId, member.personId));
  await env.TEAM_GATE.getByName(team.id).bump();
  expect((await member.ask("/api/v1/me")).status).toBe(401);
});

describe("signing in", () => {
  it.each([
    { what: "no header", header: undefined },
    { what: "an empty header", header: "" },
    { what: "another scheme", header: `Basic ${btoa("a:b")}` },
    { what: "a nonsense key", header: "Bearer pb_nonsense" },
    { what: "a key of the right form that nobody has", header: `Bearer ${makeApiKey()}` },
    { what: "two keys", header: `Bearer ${makeApiKey()} ${makeApiKey()}` },
  ])("is refused with $what, and says how to do it", async ({ header }) => {
    const refused = await askHub(
      "/api/v1/me",
      header === undefined ? {} : { headers: { authorization: header } },
    );
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    expect(refused.headers.get("www-authenticate")).toContain("Bearer");
    if (header !== undefined && header.length > 10)
      expect(refused.text).not.toContain(header.split(" ")[1]);
  });

  it("takes the scheme in any spelling", async () => {
    for (const scheme of ["bearer", "BEARER", "Bearer "]) {
      const { status } = await askHub("/api/v1/me", {
        headers: { authorization: `${scheme} ${team.apiKey}` },
      });
      expect(status).toBe(200);
    }
  });

  it("takes no key from the query or a cookie", async () => {
    expect(
      (await askHub(`/api/v1/me?authorization=${team.apiKey}&api_key=${team.apiKey}`)).status,
    ).toBe(401);
    expect(
      (await askHub("/api/v1/me", { headers: { cookie: `authorization=${team.apiKey}` } })).status,
    ).toBe(401);
  });
});

it("says who one is, and nothing secret", async () => {
  const { body, text } = await member.ask("/api/v1/me");
  expect(body).toEqual({
    team: { id: team.id, name: `Team ${team.id}` },
    person: { id: member.personId, name: "Somebody" },
    role: "member",
    permissions: [
      "connections.read",
      "tools.read",
      "executions.read",
      "members.read",
      "tools.call",
      "keys.write",
      "connections.own",
    ],
    session: null,
    apiKey: { id: member.keyId, name: "Key", prefix: member.apiKey.slice(0, 9) },
  });
  expect(text).not.toContain(member.apiKey.slice(9));
});
