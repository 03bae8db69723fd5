import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { askHub } from "../testing/team";

const broken = (error: string) =>
  new Proxy(
    {},
    {
      get: () => () => {
        throw new Error(error);
      },
    },
  ) as never;

describe("/health/live", () => {
  it("says that the hub runs, to anybody", async () => {
    const answer = await askHub("/health/live");
    expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("runs even when nothing behind it does", async () => {
    const dead = { DB: broken("no D1"), TOKENS: broken("no KV") };
    expect((await askHub("/health/live", { env: dead })).status).toBe(200);
  });
});

describe("/health/ready", () => {
  it("says that the hub can serve calls", async () => {
    expect((await askHub("/health/ready")).body).toEqual({
      status: "ready",
      checks: { registry: "ok", tokens: "ok", settings: "ok" },
    });
  });

  it.each<{ check: string; change: Partial<Env> }>([
    { check: "registry", change: { DB: broken("D1 down: secret-of-d1") } },
    { check: "tokens", change: { TOKENS: broken("KV down") } },
    { check: "settings", change: { PLUGBOARD_USER_PER_MINUTE: "many" } },
    { check: "settings", change: { PLUGBOARD_CONNECTION_PER_MINUTE: "" } },
    { check: "settings", change: { PLUGBOARD_MASTER_KEYS: "" } },
  ])(
    "names the check that fails ($check), and says nothing of why to outsiders",
    async ({ check, change }) => {
      const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
      const { status, body, text } = await askHub("/health/ready", { env: { ...env, ...change } });
      expect(status).toBe(503);
      expect(body).toMatchObject({ status: "not_ready", checks: { [check]: "failed" } });
      expect(Object.values(body.checks).filter((result) => result === "failed")).toHaveLength(1);
      expect(text).not.toContain("secret-of-d1");
      const [line] = logged.mock.calls[0] ?? [];
      expect(JSON.parse(String(line))).toMatchObject({
        level: "error",
        event: "health.check_failed",
        check,
      });
      logged.mockRestore();
    },
  );
});
