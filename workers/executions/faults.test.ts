import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { errors, type ErrorCode } from "../../shared/errors";
import { faults, isFaultName, passing, type FaultName } from "../testing/faults/faults";
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
/** The pages are as the status they come with. */
const isPassing = (name: FaultName) => passing.has(name) && !name.startsWith("html_");
/** Answers after which a call that may be repeated is not: they would be the same. */
const isSaid: ReadonlySet<string> = new Set<FaultName>([
  "status_400",
  "status_403",
  "status_409",
  "hang",
  "invalid_json",
  "error_in_200",
  "tool_error",
]);
const isCode = (expected: string): expected is ErrorCode => Object.hasOwn(errors, expected);

let urls: Record<string, { url: string }>;
let team: TestTeam;

/** A tool of a server with this fault, which works until it is called. */
async function toolOf(name: FaultName, tool: "probe" | "look"): Promise<string> {
  const connected = await team.ask("/api/v1/connections", {
    body: {
      connector: "mcp",
      name: `${name} ${tool}`,
      config: {
        url: `${urls[name]?.url}?id=${tool}`,
        headers: { authorization: `Bearer ${secret}` },
      },
    },
  });
  expect(connected.status, connected.text).toBe(201);
  const { body } = await team.ask(`/api/v1/tools?connection=${connected.body.id}`);
  const { id } = body.items.find((item: { name: string }) => item.name === tool);
  // Those that ask to wait for two seconds do so past the time limit.
  const timeoutMs = isOurLimit(name) ? 400 : asksToWait(name) ? 1500 : null;
  await team.ask(`/api/v1/tools/${id}`, { method: "PATCH", body: { timeoutMs } });
  return id;
}

/** It never ends, until our time limit does. */
const isOurLimit = (name: FaultName) =>
  faults[name].expect === "upstream_timeout" && !name.startsWith("status_");

const asksToWait = (name: FaultName) => /^status_\d+_(seconds|date)$/.test(name);

const arrivals = async (name: FaultName, tool: string): Promise<number> => {
  const url = `${env.FAULTS_URL}/f/${name}/seen?id=${tool}`;
  return (await (await fetch(url)).json<{ calls: number }>()).calls;
};

/** How often the server may be asked: what can do something twice is sent once. */
function timesSent(name: FaultName, tool: string): number {
  if (name === "connect_refused_on_call") return 0;
  // Redirects lead the same call on, and a 404 says that the session is over and nothing was run.
  if (name === "redirect_loop") return 6;
  if (asksToWait(name)) return 1;
  return tool === "look" && passing.has(name) ? 3 : 1;
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
    .poll(async () => (await read()).body?.status ?? "running", { interval: 20 })
    .not.toBe("running");
  return read();
}

beforeAll(async () => {
  urls = await (await fetch(`${env.FAULTS_URL}/faults`)).json();
  team = await createTeam();
});

describe("a server that", () => {
  const cases = names.flatMap((name) =>
    (["probe", "look"] as const)
      // Sent twice or not: for most faults one tool says enough.
      .filter((tool) => tool === "probe" || isPassing(name) || isSaid.has(name))
      .map((tool) => ({ name, tool, ...faults[name] })),
  );
  it.each(cases)(
    "$title ends as $expect ($name, $tool)",
    async ({ name, tool, expect: expected }) => {
      const id = await toolOf(name, tool);
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
      expect(await arrivals(name, tool)).toBe(timesSent(name, tool));
      for (const form of forms) expect(`${called.text}${text}`).not.toContain(form);
    },
  );
});

it("leaves nothing running behind", async () => {
  const { body } = await team.ask("/api/v1/executions?status=running");
  expect(body.items).toEqual([]);
});
