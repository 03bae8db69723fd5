import {
  createExecutionContext,
  evictDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import hub from "../index";
import { mcpClient } from "../mcp/test-client";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";

let team: TestTeam;
let ada: TestTeam;
let tool: { id: string };
beforeAll(async () => {
  team = await createTeam();
  ada = await team.join("member");
  await connectServer(team, { url: `${env.FAULTS_URL}/f/hang/mcp`, name: "hang" });
  await connectServer(team);
  tool = await toolNamed(team, "probe");
});

const seen = async (): Promise<{ calls: number; hangups: number }> =>
  (await fetch(`${env.FAULTS_URL}/f/hang/seen`)).json();
const stop = (who: TestTeam, id: string) =>
  who.ask(`/api/v1/executions/${id}/stop`, { method: "POST" });
const read = async (id: string) => (await team.ask(`/api/v1/executions/${id}`)).body;

const known = new Set<string>();

/** A call of Ada's under way at a server that never answers. */
async function underWay() {
  const before = await seen();
  const ctx = createExecutionContext();
  const request = new Request(`http://127.0.0.1/api/v1/tools/${tool.id}/call`, {
    method: "POST",
    headers: { authorization: `Bearer ${ada.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ arguments: {} }),
  });
  const answered = hub.fetch(request, env, ctx);
  const running = async () =>
    (await team.ask("/api/v1/executions?status=running")).body.items
      .map(({ id }: { id: string }) => id)
      .find((id: string) => !known.has(id));
  await expect.poll(running).toBeTruthy();
  const id: string = await running();
  known.add(id);
  return {
    id,
    before,
    async answer() {
      const response = await answered;
      const body: any = await response.json();
      await waitOnExecutionContext(ctx);
      return { status: response.status, body };
    },
  };
}

describe("a call under way", () => {
  it("is stopped by whoever called: its server is left alone, and it ends as cancelled", async () => {
    const call = await underWay();
    expect(await stop(ada, call.id)).toMatchObject({ status: 202, text: "" });
    expect(await call.answer()).toMatchObject({
      status: 499,
      body: { error: { code: "cancelled", details: { executionId: call.id } } },
    });
    const hungUp = async () => (await seen()).hangups;
    await expect.poll(hungUp).toBe(call.before.hangups + 1);
    await expect.poll(async () => (await read(call.id)).status).toBe("cancelled");
    const { body } = await team.ask(`/api/v1/executions/${call.id}/events`);
    const stopped = body.items.find(({ type }: { type: string }) => type === "stop_requested");
    expect(stopped).toMatchObject({ data: { by: ada.personId } });
    // It cannot be stopped once more.
    expect(await stop(ada, call.id)).toMatchObject({
      status: 409,
      body: { error: { code: "conflict" } },
    });
  });

  it("of somebody else is stopped only with the permission for it", async () => {
    const call = await underWay();
    const bob = await team.join("member");
    expect(await stop(bob, call.id)).toMatchObject({
      status: 403,
      body: { error: { code: "forbidden", details: { permission: "executions.manage" } } },
    });
    expect((await stop(await team.join("viewer"), call.id)).status).toBe(403);
    const other = await createTeam();
    expect((await stop(other, call.id)).status).toBe(404);
    expect((await read(call.id)).status).toBe("running");
    expect((await stop(await team.join("operator"), call.id)).status).toBe(202);
    expect((await call.answer()).status).toBe(499);
  });

  it("stays stopped where the gate is evicted before whoever runs it has looked", async () => {
    const call = await underWay();
    expect((await stop(ada, call.id)).status).toBe(202);
    const gate = env.TEAM_GATE.getByName(team.id);
    await evictDurableObject(gate);
    expect(await gate.look(call.id)).toMatchObject({ stopped: true });
    expect((await call.answer()).status).toBe(499);
    await expect.poll(async () => (await read(call.id)).status).toBe("cancelled");
  });

  it("of a connection that is hidden from whoever asks does not exist", async () => {
    const call = await underWay();
    const operator = await team.join("operator");
    const { connectionId } = await read(call.id);
    const access = `/api/v1/connections/${connectionId}/access`;
    const allow = (people: string[], restricted: boolean) =>
      team.ask(access, {
        method: "PUT",
        body: { restricted, roles: [], people, needsSecondFactor: false },
      });
    await allow([team.personId, ada.personId], true);
    expect((await stop(operator, call.id)).status).toBe(404);
    expect((await stop(ada, call.id)).status).toBe(202);
    await call.answer();
    await allow([], false);
  });

  it("that is the attempt of a job ends with the job", async () => {
    const { body } = await ada.ask("/api/v1/jobs", { body: { toolId: tool.id } });
    const jobOf = async () => (await team.ask(`/api/v1/jobs/${body.id}`)).body;
    await expect.poll(async () => (await jobOf()).status).toBe("running");
    const { executionId } = await jobOf();
    await expect.poll(async () => (await read(executionId))?.status).toBe("running");
    expect((await stop(await team.join("member"), executionId)).status).toBe(403);
    expect((await stop(ada, executionId)).status).toBe(202);
    await expect.poll(async () => (await jobOf()).status).toBe("cancelled");
    expect(await jobOf()).toMatchObject({ attempts: 1, cancelRequestedAt: expect.any(Number) });
    await expect.poll(async () => (await read(executionId)).status).toBe("cancelled");
  });

  it("that waits for its caller's input ends at once", async () => {
    const asking = await toolNamed(team, "test_input_required_result_elicitation");
    const { exposedName: name } = asking;
    await mcpClient(team)(
      "tools/call",
      { name, arguments: {} },
      { capabilities: { elicitation: { form: {} } } },
    );
    const waiting = async () =>
      (await team.ask(`/api/v1/executions?status=running&tool=${asking.id}`)).body.items[0];
    await expect.poll(waiting).toBeTruthy();
    const { id } = await waiting();
    expect((await stop(team, id)).status).toBe(202);
    await expect.poll(async () => (await read(id)).status).toBe("cancelled");
  });
});

it("that has ended cannot be stopped", async () => {
  const echo = await toolNamed(team, "echo");
  const { body } = await team.ask(`/api/v1/tools/${echo.id}/call`, {
    body: { arguments: { message: "hi" } },
  });
  const { id } = body.execution;
  await expect.poll(async () => (await read(id))?.status).toBe("succeeded");
  expect(await stop(team, id)).toMatchObject({
    status: 409,
    body: { error: { code: "conflict", message: expect.stringContaining("succeeded") } },
  });
});
