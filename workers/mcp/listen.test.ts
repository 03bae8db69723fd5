import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../connectors";
import hub from "../index";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import { mcpClient, readEvents, request } from "./test-client";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A stream of changes, and everything it has said so far. */
async function listen(team: TestTeam, notifications: JsonObject, path = "/mcp") {
  const ctx = createExecutionContext();
  const { body, headers } = request("sub-1", {
    era: "modern",
    method: "subscriptions/listen",
    params: { notifications },
  });
  const response = await hub.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method: "POST",
      headers: {
        ...headers,
        authorization: `Bearer ${team.apiKey}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify(body),
    }),
    env,
    ctx,
  );
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.getReader();
  let text = "";
  let ended = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    ended = true;
  })().catch(() => undefined);
  open.push(async () => {
    await reader?.cancel();
    await reading;
    await waitOnExecutionContext(ctx);
  });
  return {
    messages: () => readEvents(text),
    methods: () => readEvents(text).map(({ method }) => method),
    ended: () => ended,
  };
}

const acknowledged = "notifications/subscriptions/acknowledged";
const toolsChanged = "notifications/tools/list_changed";

describe("the changes of all connections", () => {
  it("are told, of the kinds asked for, under the subscription's id", async () => {
    const team = await createTeam();
    const stream = await listen(team, {
      toolsListChanged: true,
      resourcesListChanged: true,
      promptsListChanged: false,
    });
    await expect.poll(stream.methods).toEqual([acknowledged]);
    expect(stream.messages()[0].params).toEqual({
      notifications: { toolsListChanged: true, resourcesListChanged: true },
      _meta: { "io.modelcontextprotocol/subscriptionId": "sub-1" },
    });
    await connectServer(team);
    await expect
      .poll(stream.methods)
      .toEqual([acknowledged, toolsChanged, "notifications/resources/list_changed"]);
    expect(stream.messages()[1].params).toEqual({
      _meta: { "io.modelcontextprotocol/subscriptionId": "sub-1" },
    });
  });

  it("are told nobody whose key was revoked", async () => {
    const team = await createTeam();
    const stream = await listen(team, { toolsListChanged: true });
    await expect.poll(stream.methods).toEqual([acknowledged]);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE id = ?").bind(team.keyId).run();
    await env.TEAM_GATE.getByName(team.id).bump();
    await expect.poll(stream.ended).toBe(true);
    expect(stream.methods()).toEqual([acknowledged, undefined]);
    expect(stream.messages()[1]).toEqual({
      jsonrpc: "2.0",
      id: "sub-1",
      result: { resultType: "complete" },
    });
  });

  it("that nobody asked for end at once", async () => {
    const stream = await listen(await createTeam(), {});
    await expect.poll(stream.ended).toBe(true);
    expect(stream.methods()).toEqual([acknowledged, undefined]);
  });

  it("take a filter", async () => {
    const mcp = mcpClient(await createTeam());
    for (const notifications of [undefined, "all", []])
      expect((await mcp("subscriptions/listen", { notifications })).error).toMatchObject({
        code: -32602,
      });
    expect((await mcp("subscriptions/listen", {}, { era: "legacy" })).error).toMatchObject({
      code: -32601,
    });
  });
});

describe("the changes of one 2026-07-28 server", () => {
  it("are passed on, once a new list shows them", async () => {
    const team = await createTeam();
    await connectServer(team);
    const mcp = mcpClient(team, { path: "/mcp/c/fixture" });
    const names = async () =>
      (await mcp("tools/list")).result.tools.map((tool: { name: string }) => tool.name);
    const before = (await names()).includes("test_extra_tool");
    const streams = [
      await listen(
        team,
        { toolsListChanged: true, resourceSubscriptions: ["test://watched-resource"] },
        "/mcp/c/fixture",
      ),
      await listen(team, { toolsListChanged: true }, "/mcp/c/fixture"),
    ];
    for (const stream of streams) await expect.poll(stream.methods).toEqual([acknowledged]);
    await mcp("tools/call", { name: "test_trigger_tool_change", arguments: {} });
    await expect.poll(() => streams[0]?.methods()).toEqual([acknowledged, toolsChanged]);
    expect((await names()).includes("test_extra_tool")).toBe(!before);
    await expect.poll(() => streams[1]?.methods()).toEqual([acknowledged, toolsChanged]);
    await mcp("tools/call", { name: "test_trigger_resource_change", arguments: {} });
    await expect
      .poll(() => streams[0]?.messages().at(-1))
      .toMatchObject({
        method: "notifications/resources/updated",
        params: {
          uri: "test://watched-resource",
          _meta: { "io.modelcontextprotocol/subscriptionId": "sub-1" },
        },
      });
    await mcp("tools/call", { name: "test_trigger_tool_change", arguments: {} });
  });

  it("are passed on to nobody whose key was revoked, and not from a connection that was disabled", async () => {
    const team = await createTeam();
    await connectServer(team);
    const colleague = await team.join("member");
    const filter = { toolsListChanged: true };
    const [theirs, ours] = [
      await listen(colleague, filter, "/mcp/c/fixture"),
      await listen(team, filter, "/mcp/c/fixture"),
    ];
    for (const stream of [theirs, ours]) await expect.poll(stream.methods).toEqual([acknowledged]);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE id = ?")
      .bind(colleague.keyId)
      .run();
    await env.TEAM_GATE.getByName(team.id).bump();
    await expect.poll(theirs.ended).toBe(true);
    expect(ours.ended()).toBe(false);
    await team.ask("/api/v1/connections/fixture", { method: "PATCH", body: { disabled: true } });
    await expect.poll(ours.ended).toBe(true);
  });

  it("are told by the hub where the server has no such stream", async () => {
    const team = await createTeam();
    await connectServer(team, { name: "Mute", url: `${env.FAULTS_URL}/f/healthy/mcp` });
    const stream = await listen(team, { toolsListChanged: true }, "/mcp/c/mute");
    await expect.poll(stream.methods).toEqual([acknowledged]);
    await env.TEAM_GATE.getByName(team.id).bump();
    await expect.poll(stream.methods).toEqual([acknowledged, toolsChanged]);
  });
});

describe("a listener", () => {
  it("who was removed from the team hears no more, of all connections or of one", async () => {
    const team = await createTeam();
    await connectServer(team);
    const [leaver, stays] = [await team.join("member"), await team.join("member")];
    const filter = { toolsListChanged: true };
    const streams = [
      await listen(leaver, filter),
      await listen(leaver, filter, "/mcp/c/fixture"),
      await listen(stays, filter),
    ];
    for (const stream of streams) await expect.poll(stream.methods).toEqual([acknowledged]);
    await team.ask(`/api/v1/members/${leaver.personId}`, { method: "DELETE" });
    for (const stream of streams.slice(0, 2)) {
      await expect.poll(stream.ended).toBe(true);
      expect(stream.methods()).toEqual([acknowledged, undefined]);
    }
    expect(streams[2]?.ended()).toBe(false);
  });

  it("who lost a connection hears no more of it", async () => {
    const team = await createTeam();
    await connectServer(team);
    await connectServer(team, { name: "Mute", url: `${env.FAULTS_URL}/f/healthy/mcp` });
    const member = await team.join("member");
    const streams = await Promise.all(
      ["fixture", "mute"].map((slug) =>
        listen(member, { toolsListChanged: true }, `/mcp/c/${slug}`),
      ),
    );
    for (const stream of streams) await expect.poll(stream.methods).toEqual([acknowledged]);
    const body = { restricted: true, roles: [], people: [], needsSecondFactor: false };
    for (const slug of ["fixture", "mute"])
      await team.ask(`/api/v1/connections/${slug}/access`, { method: "PUT", body });
    for (const stream of streams) {
      await expect.poll(stream.ended).toBe(true);
      expect(stream.methods().at(-1)).toBeUndefined();
    }
  });
});
