import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { mcpClient } from "../mcp/test-client";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

let team: TestTeam;
let turned = 0;
beforeEach(async () => {
  turned = 0;
  team = await createTeam();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The clock goes on by so many seconds. */
function turn(seconds: number): void {
  vi.restoreAllMocks();
  turned += seconds * 1000;
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + turned);
}

/** A server with this fault that nobody else asks, until it is mended. */
async function serverWith(fault: string, options: Record<string, string> = {}) {
  const id = newId("req");
  const at = (action: string) => `${env.FAULTS_URL}/f/${fault}/${action}?id=${id}`;
  const url = `${at("mcp")}&${new URLSearchParams(options).toString()}`;
  const { body: connection } = await connectServer(team, { url, name: "Tickets" });
  const { body } = await team.ask(`/api/v1/tools?connection=${connection.id}`);
  const tool = (name: string) => body.items.find((one: { name: string }) => one.name === name);
  return {
    connection,
    probe: tool("probe"),
    look: tool("look"),
    calls: async () => (await (await fetch(at("seen"))).json<{ calls: number }>()).calls,
    control: (action: "mend" | "break") => fetch(at(action), { method: "POST" }),
  };
}

const call = (tool: { id: string }, args: object = {}) =>
  team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args }, env: unlimited });
const codeOf = async (tool: { id: string }) => {
  const { body } = await call(tool);
  return body.error?.code ?? body.execution.status;
};
async function callUntil(tool: { id: string }, code: string): Promise<number> {
  for (let times = 1; times < 30; times++) if ((await codeOf(tool)) === code) return times;
  throw new Error(`It never came to ${code}.`);
}
const notices = async () => (await team.ask("/api/v1/notices")).body.items;

describe("a server that fails", () => {
  it("is shut for nobody by one member's failures while it answers others", async () => {
    const { probe, calls, control } = await serverWith("status_503");
    const ada = await team.join("member");
    const path = `/api/v1/tools/${probe.id}/call`;
    for (let round = 0; round < 3; round++) {
      await control("break");
      for (let i = 0; i < 4; i++)
        expect((await ada.ask(path, { body: {}, env: unlimited })).body).toMatchObject({
          error: { code: "upstream_error" },
        });
      await control("mend");
      expect(await codeOf(probe)).toBe("succeeded");
    }
    expect(await calls()).toBe(15);
  });

  it("is called five times, then left alone, then tried by one, and works again", async () => {
    const { probe, calls, control } = await serverWith("status_503");
    expect(await callUntil(probe, "circuit_open")).toBe(6);
    const refused = await call(probe);
    expect(refused).toMatchObject({
      status: 503,
      body: {
        error: {
          code: "circuit_open",
          message: expect.stringMatching(
            /^The server behind Tickets failed repeatedly.*tried again in [1-5] s\.$/,
          ),
        },
      },
    });
    expect(Number(refused.headers.get("retry-after"))).toBe(
      refused.body.error.details.retryAfterSeconds,
    );
    expect(await calls()).toBe(5);

    turn(5);
    expect(await codeOf(probe)).toBe("upstream_error");
    expect(await codeOf(probe)).toBe("circuit_open");
    expect(await calls()).toBe(6);
    await control("mend");
    turn(10);
    expect(await codeOf(probe)).toBe("succeeded");
    expect(await codeOf(probe)).toBe("succeeded");
  });

  it("has its attempts counted, and a probe is sent once", async () => {
    const { look, calls } = await serverWith("status_503");
    expect(await callUntil(look, "circuit_open")).toBe(3);
    expect(await calls()).toBe(6);
    turn(5);
    await call(look);
    expect(await calls()).toBe(7);
  });

  it("is told of to owners and admins, once, until it works again", async () => {
    const admin = await team.join("admin");
    const member = await team.join("member");
    const { probe, connection, control } = await serverWith("reset_before_headers");
    await callUntil(probe, "circuit_open");
    await expect.poll(notices).toMatchObject([
      {
        kind: "connection.failing",
        title: "The server behind Tickets fails",
        path: `/connections/${connection.id}`,
        settled: false,
      },
    ]);
    expect((await admin.ask("/api/v1/notices")).body.items).toHaveLength(1);
    expect((await member.ask("/api/v1/notices")).body.items).toEqual([]);
    await control("mend");
    turn(5);
    expect(await codeOf(probe)).toBe("succeeded");
    await expect.poll(notices).toMatchObject([{ settled: true }]);
  });

  it("is not asked by whoever calls at /mcp either, and the model reads why", async () => {
    const { probe } = await serverWith("status_500");
    await callUntil(probe, "circuit_open");
    for (const era of ["modern", "legacy"] as const) {
      const ask = mcpClient(team, { era, env: unlimited });
      const { status, headers, result } = await ask("tools/call", { name: probe.exposedName });
      expect([status, result.isError]).toEqual([200, true]);
      expect(result.content[0].text).toContain("failed repeatedly");
      expect(result._meta["io.plugboard/error"]).toMatchObject({ code: "circuit_open" });
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });

  it.each([
    ["refuses", "status_400", "upstream_error"],
    ["refuses the credential", "status_403", "upstream_unauthorized"],
    ["answers with an error of JSON-RPC", "error_in_200", "upstream_error"],
    ["has a tool that fails", "tool_error", "failed"],
    ["wants to be asked less", "status_429", "upstream_error"],
  ])("is one that breaks, and not one that %s", async (_what, fault, outcome) => {
    const { probe, calls } = await serverWith(fault);
    for (let i = 0; i < 8; i++) expect(await codeOf(probe)).toBe(outcome);
    expect(await calls()).toBe(8);
  });
});

describe("a vendor that limits its calls", () => {
  it("is left alone for as long as it asked", async () => {
    const { probe, calls } = await serverWith("status_429", { "h-retry-after": "30" });
    expect(await codeOf(probe)).toBe("upstream_error");
    const refused = await call(probe);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: "rate_limited", details: { vendor: true } } },
    });
    expect(refused.headers.get("retry-after")).toMatch(/^(30|29)$/);
    expect(await calls()).toBe(1);
    turn(31);
    expect(await codeOf(probe)).toBe("upstream_error");
    expect(await calls()).toBe(2);
  });

  it("is left alone once its answers say that nothing is left", async () => {
    const { probe, calls } = await serverWith("healthy", {
      "h-x-ratelimit-limit": "60",
      "h-x-ratelimit-remaining": "0",
      "h-x-ratelimit-reset": "20",
    });
    expect(await codeOf(probe)).toBe("succeeded");
    expect(await codeOf(probe)).toBe("rate_limited");
    expect(await calls()).toBe(1);
    const gate = env.TEAM_GATE.getByName(team.id);
    expect(await gate.vendors()).toMatchObject([{ limit: 60, remaining: 0 }]);
  });

  it.each(["status_429_absurd", "status_429_past", "status_429_garbage"])(
    "is asked again where what it asked for makes no sense (%s)",
    async (fault) => {
      const { probe, calls } = await serverWith(fault);
      for (let i = 0; i < 3; i++) expect(await codeOf(probe)).toBe("upstream_error");
      expect(await calls()).toBe(3);
    },
  );
});
