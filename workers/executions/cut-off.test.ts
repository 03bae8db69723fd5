import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import hub from "../index";
import { readEvents, request } from "../mcp/test-client";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

let team: TestTeam;
let ada: TestTeam;
let connection: string;
let tool: { id: string; exposedName: string };
beforeEach(async () => {
  team = await createTeam();
  ada = await team.join("member");
  const hang = { url: `${env.FAULTS_URL}/f/hang/mcp`, name: "hang" };
  connection = (await connectServer(team, hang)).body.id;
  tool = await toolNamed(team, "probe");
});

const seen = async (): Promise<{ calls: number; hangups: number }> =>
  (await fetch(`${env.FAULTS_URL}/f/hang/seen`)).json();
const remove = () => team.ask(`/api/v1/members/${ada.personId}`, { method: "DELETE" });
const hide = () =>
  team.ask(`/api/v1/connections/${connection}/access`, {
    method: "PUT",
    body: { restricted: true, roles: [], people: [team.personId], needsSecondFactor: false },
  });

type Way = { path: string; body: object; headers: Record<string, string> };
const rest = (accept: string): Way => ({
  path: `/api/v1/tools/${tool.id}/call`,
  body: { arguments: {} },
  headers: { accept },
});
const mcp = (accept: string): Way => {
  const params = { name: tool.exposedName, arguments: {} };
  const { body, headers } = request("call-1", { era: "modern", method: "tools/call", params });
  return { path: "/mcp", body, headers: { ...headers, accept } };
};

/** Calls a tool that never answers, has something change once the server was asked, and reads what is left to read. */
async function callWhile({ path, body, headers }: Way, change: () => Promise<unknown>) {
  const before = await seen();
  const ctx = createExecutionContext();
  const asked = hub.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method: "POST",
      headers: {
        ...headers,
        authorization: `Bearer ${ada.apiKey}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    }),
    env,
    ctx,
  );
  const answered = (async () => {
    const response = await asked;
    return { status: response.status, text: await response.text() };
  })();
  await expect.poll(async () => (await seen()).calls).toBe(before.calls + 1);
  await change();
  const answer = await answered;
  await waitOnExecutionContext(ctx);
  await expect.poll(async () => (await seen()).hangups).toBe(before.hangups + 1);
  return answer;
}
const recorded = async (code: string) =>
  expect
    .poll(async () => (await team.ask("/api/v1/executions")).body.items)
    .toMatchObject([{ status: "cancelled", error: { code } }]);

describe("a call under way, once its caller is removed", () => {
  it("ends where it streams over REST, and its server is left alone", async () => {
    const { text } = await callWhile(rest("text/event-stream"), remove);
    expect(text).toContain("event: started");
    expect(text).toMatch(/event: error\ndata: \{"error":\{"code":"unauthorized"/);
    expect(text).not.toContain("event: result");
    await recorded("unauthorized");
  });

  it("ends where it is waited for over REST", async () => {
    const { status, text } = await callWhile(rest("application/json"), remove);
    expect([status, JSON.parse(text).error.code]).toEqual([401, "unauthorized"]);
    await recorded("unauthorized");
  });

  it.each(["application/json, text/event-stream", "application/json"])(
    "ends at /mcp, for who takes %s",
    async (accept) => {
      const { text } = await callWhile(mcp(accept), remove);
      const [reply] = accept.includes("event-stream") ? readEvents(text) : [JSON.parse(text)];
      expect(reply).toMatchObject({
        id: "call-1",
        error: { data: { code: "unauthorized" } },
      });
      await recorded("unauthorized");
    },
  );
});

it("a call under way ends once its connection is hidden from the caller", async () => {
  const { text } = await callWhile(rest("text/event-stream"), hide);
  expect(text).toMatch(/event: error\ndata: \{"error":\{"code":"not_found"/);
  await recorded("not_found");
});

it("a call under way goes on through changes that do not concern its caller", async () => {
  await connectServer(team, { name: "Fixture" });
  const sleep = await toolNamed(team, "sleep");
  const called = ada.ask(`/api/v1/tools/${sleep.id}/call`, { body: { arguments: { ms: 1800 } } });
  const other = await team.join("member");
  await team.ask(`/api/v1/members/${other.personId}`, { method: "DELETE" });
  expect(await called).toMatchObject({
    status: 200,
    body: { execution: { status: "succeeded" } },
  });
});
