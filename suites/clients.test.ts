// Real clients, a real hub, real servers: every generation of one with every generation of the other.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { clientKinds, openClient, type ClientKind, type HostClient } from "./clients.ts";
import {
  connect,
  freePort,
  startHubProcess,
  startProcess,
  type HubProcess,
} from "./hub-process.ts";

const fixtureEntry = "workers/testing/fixture/process.ts";
const everythingEntry = join(
  "node_modules",
  "@modelcontextprotocol",
  "server-everything",
  "dist",
  "index.js",
);

type Started = Awaited<ReturnType<typeof startProcess>>;
let hub: HubProcess;
const servers: Started[] = [];
const clients: HostClient[] = [];

beforeAll(async () => {
  const fixture = await startProcess(fixtureEntry, [], /http:\S+\/mcp/);
  const older = await startProcess(fixtureEntry, ["--era", "legacy"], /http:\S+\/mcp/);
  const [httpPort, ssePort] = [await freePort(), await freePort()];
  const everything = (mode: string, port: number) =>
    startProcess(everythingEntry, [mode], /(listening|running) on port \d+/, {
      PORT: String(port),
    });
  const overHttp = await everything("streamableHttp", httpPort);
  const overSse = await everything("sse", ssePort);
  servers.push(fixture, older, overHttp, overSse);
  hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const connected = [
    await connect(hub, "Fixture", fixture.line),
    await connect(hub, "Older", older.line),
    await connect(hub, "Everything", `http://127.0.0.1:${httpPort}/mcp`),
    await connect(hub, "Everything SSE", `http://127.0.0.1:${ssePort}/sse`),
  ];
  expect(
    connected.map(({ status, body }) => [
      status,
      body.slug,
      body.server?.era,
      body.server?.transport,
    ]),
  ).toEqual([
    [201, "fixture", "modern", "http"],
    [201, "older", "legacy", "http"],
    [201, "everything", "legacy", "http"],
    [201, "everything-sse", "legacy", "sse"],
  ]);
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

afterAll(async () => {
  await hub?.stop();
  for (const server of servers) await server.stop();
  hub?.clear();
});

async function open(kind: ClientKind, path = "/mcp"): Promise<HostClient> {
  const client = await openClient(kind, { url: `${hub.url}${path}`, apiKey: hub.apiKey });
  clients.push(client);
  return client;
}

const named = (items: { name: string }[]) => items.map(({ name }) => name);
const revisions: Record<ClientKind, string> = {
  "sdk 1": "2025-11-25",
  "sdk 2 legacy": "2025-11-25",
  "sdk 2 auto": "2026-07-28",
  "sdk 2 pinned": "2026-07-28",
};

describe.each(clientKinds)("%s", (kind) => {
  it("sees every connection at /mcp and reaches each by its prefix", async () => {
    const client = await open(kind);
    expect(client.revision).toBe(revisions[kind]);
    const tools = await client.tools();
    for (const { name } of tools) expect(name).toMatch(/^[A-Za-z0-9_-]{1,48}$/);
    expect(named(tools)).toEqual(
      expect.arrayContaining([
        "fixture__echo",
        "older__echo",
        "everything__echo",
        "everything-sse__echo",
      ]),
    );
    for (const slug of ["fixture", "older", "everything", "everything-sse"])
      expect((await client.call(`${slug}__echo`, { message: slug })).content).toEqual([
        { type: "text", text: `Echo: ${slug}` },
      ]);
    expect(named(await client.prompts())).toEqual(
      expect.arrayContaining(["fixture__test_simple_prompt", "everything__simple-prompt"]),
    );
    const uris = (await client.resources()).map(({ uri }) => uri);
    expect(uris).toEqual(
      expect.arrayContaining(["test://static-text", "older+test://static-text"]),
    );
    expect((await client.read("older+test://static-text")).contents[0].text).toContain(
      "static text",
    );
    const templates = (await client.templates()).map(({ uriTemplate }) => uriTemplate);
    expect(templates).toEqual(
      expect.arrayContaining([
        "test://template/{id}/data",
        "demo://resource/dynamic/text/{resourceId}",
      ]),
    );
    expect((await client.read("demo://resource/dynamic/text/3")).contents[0].uri).toBe(
      "demo://resource/dynamic/text/3",
    );
    await expect(client.read("nobody://has/this")).rejects.toThrow(/no resource/);
    await expect(client.call("nobody__has_this")).rejects.toThrow(/no tool/);
  });

  it.each(["fixture", "older"])("uses everything of the fixture's %s connection", async (slug) => {
    const client = await open(kind, `/mcp/c/${slug}`);
    expect(named(await client.tools())).toEqual(
      expect.arrayContaining(["echo", "add", "test_tool_with_progress"]),
    );
    expect((await client.call("add", { a: 20, b: 22 })).structuredContent).toEqual({ sum: 42 });
    expect(await client.call("test_error_handling")).toMatchObject({ isError: true });
    expect(await client.call("echo", { message: 7 })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("message") }],
    });
    const heard: number[] = [];
    await client.call("test_tool_with_progress", {}, (progress) => heard.push(progress));
    expect(heard).toEqual([0, 50, 100]);
    const prompt = await client.prompt("test_prompt_with_arguments", { arg1: "a", arg2: "b" });
    expect(prompt.messages[0].content.text).toContain("arg1='a'");
    const ref = { type: "ref/prompt", name: "test_prompt_with_arguments" };
    expect(await client.complete(ref, { name: "arg1", value: "par" })).toEqual([
      "paris",
      "park",
      "party",
    ]);
    expect((await client.read("test://static-text")).contents[0].mimeType).toBe("text/plain");
    expect((await client.read("test://static-binary")).contents[0].blob).toMatch(/^iVBOR/);
    expect(
      JSON.parse((await client.read("test://template/9/data")).contents[0].text),
    ).toMatchObject({ id: "9" });
  });

  it.each(["everything", "everything-sse"])("uses everything of %s", async (slug) => {
    const client = await open(kind, `/mcp/c/${slug}`);
    expect(named(await client.tools())).toEqual(
      expect.arrayContaining(["echo", "get-sum", "get-structured-content"]),
    );
    expect((await client.call("get-sum", { a: 2, b: 3 })).content[0].text).toContain("5");
    expect(
      (await client.call("get-structured-content", { location: "Chicago" })).structuredContent,
    ).toHaveProperty("temperature");
    expect(
      (await client.call("get-tiny-image")).content.map(({ type }: { type: string }) => type),
    ).toContain("image");
    const heard: number[] = [];
    await client.call("trigger-long-running-operation", { duration: 0.3, steps: 3 }, (progress) =>
      heard.push(progress),
    );
    expect(heard).toEqual([1, 2, 3]);
    expect((await client.prompt("args-prompt", { city: "Rome" })).messages[0].content.text).toBe(
      "What's weather in Rome?",
    );
    const ref = { type: "ref/prompt", name: "completable-prompt" };
    expect(await client.complete(ref, { name: "department", value: "S" })).toEqual([
      "Sales",
      "Support",
    ]);
    const [first] = await client.resources();
    expect((await client.read(first.uri)).contents[0].text.length).toBeGreaterThan(0);
  });
});

describe("a tool that asks its user", () => {
  const modern = clientKinds.filter((kind) => revisions[kind] === "2026-07-28");
  const legacy = clientKinds.filter((kind) => revisions[kind] !== "2026-07-28");

  it.each(modern)(
    "%s before a 2026-07-28 server: is answered, in as many rounds as it takes",
    async (kind) => {
      const client = await open(kind, "/mcp/c/fixture");
      const once = await client.call("test_elicitation", { message: "Who are you?" });
      expect(once.content[0].text).toContain("action=accept");
      expect(client.asked).toMatchObject([{ message: "Who are you?" }]);
      expect((await client.call("test_input_required_result_multi_round")).content[0].text).toBe(
        "Ada likes blue",
      );
      expect(client.asked).toHaveLength(3);
      const aggregated = await open(kind);
      expect(
        (await aggregated.call("fixture__test_elicitation", { message: "And here?" })).content[0]
          .text,
      ).toContain("action=accept");
    },
  );

  // Without a session the hub has no stream to ask an older client on, whatever its server is.
  it.each(legacy)(
    "%s before a 2026-07-28 server: is told that it takes a newer client",
    async (kind) => {
      const client = await open(kind, "/mcp/c/fixture");
      const result = await client.call("test_elicitation", { message: "Who are you?" });
      expect(result).toMatchObject({
        isError: true,
        _meta: { "io.plugboard/error": { code: "tool_needs_input" } },
      });
      expect(result.content[0].text).toContain("2026-07-28");
      expect(client.asked).toEqual([]);
    },
  );

  // An older server can ask only over a session of its caller's own: the hub tells it that nobody can be asked.
  it.each(clientKinds)(
    "%s before a 2025-11-25 server: ends with the server's own error, at once",
    async (kind) => {
      const client = await open(kind, "/mcp/c/older");
      const began = performance.now();
      const outcome = await client
        .call("test_elicitation", { message: "Who are you?" })
        .catch((error: unknown) => ({ error }));
      expect(performance.now() - began).toBeLessThan(5000);
      expect("error" in outcome ? String(outcome.error) : JSON.stringify(outcome)).toMatch(
        /elicitation|capabilit|questions/i,
      );
      expect("error" in outcome || outcome.isError === true).toBe(true);
      expect(client.asked).toEqual([]);
      expect((await client.call("echo", { message: "still here" })).content[0].text).toBe(
        "Echo: still here",
      );
    },
  );
});

it.each(["sdk 1", "sdk 2 pinned"] as const)(
  "%s: a client that goes away takes its call along",
  async (kind) => {
    const client = await open(kind, "/mcp/c/fixture");
    const gone = client.call("sleep", { ms: 60_000 }).catch((error: unknown) => String(error));
    const status = async () => (await latest())?.status;
    await expect.poll(status, { timeout: 5000 }).toBe("running");
    await client.close();
    await gone;
    await expect.poll(status, { timeout: 10_000 }).toBe("cancelled");
  },
);

async function latest(): Promise<{ status: string } | undefined> {
  const response = await fetch(`${hub.url}/api/v1/executions?limit=1`, {
    headers: { authorization: `Bearer ${hub.apiKey}` },
  });
  const { items } = (await response.json()) as { items: { status: string }[] };
  return items[0];
}
