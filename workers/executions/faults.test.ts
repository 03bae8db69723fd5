import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { errors, type ErrorCode } from "../../shared/errors";
import { faults, isFaultName, type FaultName } from "../testing/faults/faults";
import { createTeam, type TestTeam } from "../testing/team";

const secret = "sk-live-canary-7f3b9c1d5e";
const forms = [secret, btoa(secret).replaceAll("=", ""), encodeURIComponent(secret)];
const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

const names = Object.keys(faults)
  .filter(isFaultName)
  .filter((name) => faults[name].side === "call");
const isCode = (expected: string): expected is ErrorCode => Object.hasOwn(errors, expected);

let urls: Record<string, { url: string }>;
let team: TestTeam;

/** A tool of a server with this fault, which works until it is called. */
async function toolOf(name: FaultName): Promise<string> {
  const connected = await team.ask("/api/v1/connections", {
    body: {
      connector: "mcp",
      name,
      config: { url: urls[name]?.url, headers: { authorization: `Bearer ${secret}` } },
    },
  });
  expect(connected.status, connected.text).toBe(201);
  const { body } = await team.ask(`/api/v1/tools?connection=${connected.body.id}`);
  const tool = body.items.find((item: { name: string }) => item.name === "probe");
  if (faults[name].expect === "upstream_timeout")
    await team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs: 400 } });
  return tool.id;
}

const onFault = (name: FaultName, action: string) =>
  fetch(
    urls[name]?.url.replace(/mcp$/, action).replace(/:\d+/, `:${new URL(env.FAULTS_URL).port}`) ??
      "",
    {
      method: "POST",
    },
  );

async function recorded(id: string) {
  const read = () => team.ask(`/api/v1/executions/${id}`);
  await expect
    .poll(async () => (await read()).body?.status ?? "running", { timeout: 3000, interval: 20 })
    .not.toBe("running");
  return read();
}

beforeAll(async () => {
  urls = await (await fetch(`${env.FAULTS_URL}/faults`)).json();
  team = await createTeam();
});

describe("a server that", () => {
  it.each(names.map((name) => ({ name, ...faults[name] })))(
    "$title ends as $expect ($name)",
    async ({ name, expect: expected }) => {
      const id = await toolOf(name);
      if (name === "connect_refused_on_call") await onFault(name, "arm");
      const began = Date.now();
      const called = await team.ask(`/api/v1/tools/${id}/call`, {
        body: { arguments: { text: "hi" } },
        env: unlimited,
      });
      const took = Date.now() - began;
      if (name === "connect_refused_on_call") await onFault(name, "reset");
      expect(took).toBeLessThan(8000);

      const executionId = called.body.execution?.id ?? called.body.error?.details?.executionId;
      expect(executionId, called.text).toMatch(/^exe_/);
      const { body: execution, text } = await recorded(executionId);
      if (isCode(expected)) {
        expect(called.body.error.code).toBe(expected);
        expect(called.status).toBe(errors[expected].status);
        expect(execution).toMatchObject({
          status: expected === "upstream_timeout" ? "timed_out" : "failed",
          error: { code: expected },
        });
      } else {
        expect(called.status, called.text).toBe(200);
        expect(called.body.execution.status).toBe(expected);
        expect(execution.status).toBe(expected);
      }
      for (const form of forms) expect(`${called.text}${text}`).not.toContain(form);
    },
  );
});

it("leaves nothing running behind", async () => {
  const { body } = await team.ask("/api/v1/executions?status=running");
  expect(body.items).toEqual([]);
});
