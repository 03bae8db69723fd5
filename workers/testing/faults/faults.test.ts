import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { type FaultName, faults, isFaultName } from "./faults.ts";
import { type Faults, startFaults } from "./server.ts";

let upstream: Faults;
beforeAll(async () => {
  upstream = await startFaults();
});
afterAll(() => upstream.close());

const Answer = z.looseObject({
  result: z
    .looseObject({
      content: z.array(z.object({ text: z.string() })),
      tools: z.array(z.looseObject({ name: z.string() })),
      nextCursor: z.string(),
      structuredContent: z.unknown(),
      isError: z.boolean(),
    })
    .partial()
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

const modern = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};

function post(name: FaultName, { query = "", ...init }: RequestInit & { query?: string } = {}) {
  const params = { name: "probe", arguments: { text: "hello" }, _meta: modern };
  return fetch(upstream.url(name) + query, {
    method: "POST",
    redirect: "manual",
    body: JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/call", params }),
    ...init,
    headers: { "content-type": "application/json", ...(init.headers as Record<string, string>) },
  });
}

const answered = async (name: FaultName, init?: RequestInit) =>
  Answer.parse(await (await post(name, init)).json());

const control = (name: FaultName, action: string, method = "POST") =>
  fetch(`http://127.0.0.1:${upstream.port}/f/${name}/${action}`, { method });
const seen = async (name: FaultName) =>
  z.looseObject({ bytes: z.number() }).parse(await (await control(name, "seen", "GET")).json());

async function listed(name: FaultName, cursor?: string) {
  const body = { jsonrpc: "2.0", id: 1, method: "tools/list", params: { cursor, _meta: modern } };
  const { result } = await answered(name, { body: JSON.stringify(body) });
  return { ...result, tools: result?.tools ?? [] };
}

/** What arrives when a call is sent by hand: up to `until`, or within 300 ms. */
function overheard(
  name: FaultName,
  { until, query = "?every=20" }: { until?: RegExp; query?: string } = {},
) {
  const params = { name: "probe" };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/call", params });
  return new Promise<{ text: string; ended: boolean }>((resolve) => {
    let text = "";
    const socket = connect(upstream.port, "127.0.0.1", () => {
      socket.write(
        `POST /f/${name}/mcp${query} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n`,
      );
      socket.write(`content-length: ${body.length}\r\n\r\n${body}`);
    });
    const done = (ended: boolean) => {
      resolve({ text, ended });
      socket.destroy();
    };
    socket.on("data", (piece) => {
      text += piece.toString("latin1");
      if (until?.test(text)) done(false);
    });
    socket.on("close", () => done(true));
    socket.on("error", () => {});
    if (!until) setTimeout(done, 300, false);
  });
}

it.each(["2025", "2026"])("a real client of %s connects, lists and calls", async (era) => {
  await control("healthy", "reset");
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: era === "2026" ? { pin: "2026-07-28" } : "legacy" } },
  );
  const url = new URL(`${upstream.url("healthy")}?era=${era}`);
  await client.connect(new StreamableHTTPClientTransport(url));
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(["probe", "count", "look"]);
  for (const n of [3, 4, 3]) await client.callTool({ name: "count", arguments: { n } });
  await client.close();
  expect(await seen("healthy")).toMatchObject({
    connects: 1,
    lists: 1,
    calls: 3,
    counted: [3, 4, 3],
    arguments: [{ n: 3 }, { n: 4 }, { n: 3 }],
  });
});

it("every fault of a call is healthy until the call", async () => {
  const names = Object.keys(faults).filter(isFaultName);
  for (const name of names.filter((known) => faults[known].side === "call")) {
    expect((await listed(name)).tools[0]?.name, name).toBe("probe");
  }
});

it("says a status and its Retry-After, in any phase asked for", async () => {
  const limited = await post("status_429_seconds");
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "2"]);
  expect((await post("status_401")).headers.get("www-authenticate")).toContain("Bearer");
  expect((await post("status_503", { query: "?side=list" })).status).toBe(200);
  expect((await post("redirect_private")).headers.get("location")).toContain("169.254.169.254");
});

it("refuses, resets and cuts off", async () => {
  await expect(post("connect_refused")).rejects.toHaveProperty("cause.code", "ECONNREFUSED");
  await expect(post("tls_untrusted")).rejects.toHaveProperty(
    "cause.code",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
  );
  await expect(post("tls_plaintext")).rejects.toThrow();
  await expect(post("reset_before_headers")).rejects.toThrow();
  const halves = [await post("reset_mid_body"), await post("truncated_body")];
  for (const half of halves) await expect(half.text()).rejects.toThrow();
});

it("closes its port when armed and opens it at reset", async () => {
  expect((await post("connect_refused_on_call")).status).toBe(200);
  await control("connect_refused_on_call", "arm");
  await expect(post("connect_refused_on_call")).rejects.toThrow();
  await control("connect_refused_on_call", "reset");
  expect((await post("connect_refused_on_call")).status).toBe(200);
});

it("hangs and drips without an end", async () => {
  expect(await overheard("hang")).toEqual({ text: "", ended: false });
  await expect.poll(() => seen("hang")).toMatchObject({ calls: 1, hangups: 1, open: 0 });
  const drips: [FaultName, RegExp][] = [
    ["slow_headers", /x-slow: a{3}/],
    ["slow_body", /\r\n\r\n1\r\n\{\r\n1\r\n \r\n1\r\n /],
    ["sse_endless", /(still here[^]*){3}/],
    ["sse_progress_endless", /"progress":3/],
    ["sse_open_after_answer", /"id":7[^]*still here/],
  ];
  for (const [name, until] of drips) {
    expect((await overheard(name, { until })).ended, name).toBe(false);
  }
});

it("answers rightly in one-byte chunks", async () => {
  const { text } = await overheard("one_byte_chunks", { until: /\r\n0\r\n/ });
  expect(text).toMatch(/\r\n\r\n1\r\n\{\r\n1\r\n"/);
  expect((await answered("one_byte_chunks")).result?.content?.[0]?.text).toBe("probe: hello");
});

it("stops a flood when the reader goes away", async () => {
  const reader = (await post("flood")).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(() => seen("flood")).toMatchObject({ open: 0, hangups: 1 });
  expect((await seen("flood")).bytes).toBeLessThan(20_000_000);
});

it("packs a valid bomb a thousandfold", async () => {
  const { text } = await overheard("gzip_bomb", { until: /(?!)/, query: "?bytes=8000000" });
  const packed = Buffer.from(text.slice(text.indexOf("\r\n\r\n") + 4), "latin1");
  const unpacked = gunzipSync(packed);
  expect(Answer.parse(JSON.parse(unpacked.toString())).result?.content?.[0]?.text).toHaveLength(
    8 * 1024 * 1024,
  );
  expect(unpacked.length / packed.length).toBeGreaterThan(900);
});

it("lies about ids, shapes and syntax", async () => {
  expect((await answered("wrong_id"))["id"]).not.toBe(7);
  expect(await answered("no_id")).not.toHaveProperty("id");
  expect(Array.isArray(await (await post("batch_answer")).json())).toBe(true);
  expect((await answered("tool_error")).result?.isError).toBe(true);
  await expect((await post("invalid_json")).json()).rejects.toThrow();
  const keyed = (await answered("prototype_keys")).result?.structuredContent;
  expect(Object.keys(keyed ?? {})).toEqual(["__proto__", "constructor", "hole"]);
  const deep = await (await post("deep_json")).text();
  expect(deep).toContain(`"deep":${"[".repeat(10_000)}]`);
  JSON.parse(deep);
  const bytes = await (await post("invalid_utf8")).arrayBuffer();
  expect(() => new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)).toThrow();
});

it("lists what no list should hold, next to the probe", async () => {
  expect((await listed("list_cursor_cycle", "b")).nextCursor).toBe("a");
  expect((await listed("list_cursor_endless", "41")).nextCursor).toBe("42");
  expect((await listed("list_same_name")).tools.map((tool) => tool.name)).toEqual([
    "probe",
    "twin",
    "twin",
  ]);
  expect(JSON.stringify((await listed("list_schema_wide")).tools[1])).toContain("property_999");
  const huge = await listed("list_huge");
  expect(huge.tools).toHaveLength(5000);
  expect(JSON.stringify(huge).length).toBeGreaterThan(20_000_000);
});

it("repeats a secret in every form", async () => {
  const secret = 'canary/+"ü';
  const sent = Buffer.from(secret).toString("latin1");
  const headers = { authorization: `Bearer ${sent}` };
  // A byte string in the header, text once read: Node hands headers over as latin1.
  const forms: Partial<Record<FaultName, string>> = {
    echo_plain: sent,
    echo_base64: Buffer.from(sent).toString("base64"),
    error_echo_base64url: Buffer.from(sent).toString("base64url"),
    error_echo_hex: Buffer.from(sent).toString("hex"),
    echo_urlencoded: encodeURIComponent(sent),
    echo_json_escaped: JSON.stringify(sent),
    error_echo_unicode_escaped: sent,
  };
  for (const [name, form] of Object.entries(forms)) {
    if (!isFaultName(name)) continue;
    const { result, error } = await answered(name, { headers });
    expect(result?.content?.[0]?.text ?? error?.message, name).toContain(form);
  }
  const wire = await (await post("echo_unicode_escaped", { headers })).text();
  expect(wire).not.toContain("canary");
  const page = await post("html_echo_plain", { headers });
  expect(page.status).toBe(500);
  expect(await page.text()).toContain(sent);
});
