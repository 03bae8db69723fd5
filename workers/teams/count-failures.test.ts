import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { askHub, createTeam } from "../testing/team";
import { makeApiKey } from "./keys/api-key";

const ask = (address: string, authorization: string, path = "/api/v1/me", init = {}) =>
  askHub(path, { ...init, headers: { authorization, "cf-connecting-ip": address } });
const wrong = () => `Bearer ${makeApiKey()}`;

/** What three hundred wrong keys leave behind, without sending each. */
async function failOften(address: string, times: number): Promise<void> {
  const attempts = env.ATTEMPTS.getByName(`credentials/${address}`);
  const rule = { failures: 300, withinMs: 300_000, lockMs: 300_000 };
  for (let n = 0; n < times; n++) await attempts.begin(rule);
}

describe("keys and tokens that do not count", () => {
  it.each([
    ["an unknown key", wrong()],
    ["a mistyped key", "Bearer pb_nonsense"],
    ["no bearer at all", "Basic abc"],
    ["a token nobody gave out", "Bearer eyJhbGciOiJub25lIn0.e30."],
    ["a client's token nobody gave out", "Bearer a:b:c"],
  ])(
    "are refused three hundred times from one address, then told to wait: %s",
    async (_, shown) => {
      const address = `192.0.2.${Math.floor(Math.random() * 255)}-${crypto.randomUUID()}`.slice(
        0,
        50,
      );
      await failOften(address, 299);
      expect((await ask(address, shown)).status).toBe(401);
      const locked = await ask(address, shown);
      expect(locked).toMatchObject({ status: 429, body: { error: { code: "locked_out" } } });
      expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(200);
      const list = { body: { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} } };
      const atMcp = await ask(address, shown, "/mcp", list);
      expect(atMcp.status).toBe(429);
      expect(Number(atMcp.headers.get("retry-after"))).toBeGreaterThan(200);
      expect((await ask("198.51.100.200", shown)).status).toBe(401);
    },
  );

  it("lock no right key out", async () => {
    const team = await createTeam();
    await failOften("192.0.2.77", 301);
    expect((await ask("192.0.2.77", wrong())).status).toBe(429);
    expect((await ask("192.0.2.77", `Bearer ${team.apiKey}`)).status).toBe(200);
    expect(
      (await askHub("/api/v1/me", { headers: { "cf-connecting-ip": "192.0.2.77" } })).status,
    ).toBe(401);
  });

  it("are counted together over an IPv6 network", async () => {
    await failOften("2001:db8:7:7::/64", 301);
    expect((await ask("2001:db8:7:7:1::1", wrong())).status).toBe(429);
    expect((await ask("2001:db8:7:8::1", wrong())).status).toBe(401);
  });

  it("are logged with their beginning only", async () => {
    const logged = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const key = makeApiKey();
    await ask("192.0.2.9", `Bearer ${key}`);
    await ask("192.0.2.9", "Bearer my-password-by-mistake");
    const lines = logged.mock.calls.map(([line]) => String(line));
    logged.mockRestore();
    const failed = lines
      .filter((line) => line.includes("auth.failed"))
      .map((line) => JSON.parse(line));
    expect(failed).toMatchObject([
      { address: "192.0.2.9", credential: key.slice(0, 9) },
      { address: "192.0.2.9", credential: "token" },
    ]);
    expect(lines.join()).not.toContain(key);
    expect(lines.join()).not.toContain("my-password");
  });
});
