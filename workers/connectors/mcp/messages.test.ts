import { describe, expect, it } from "vitest";
import { maskFor } from "../../credentials/masking";
import { isDeeperThan } from "../../platform/json-depth";
import { parseIncoming, readEvents, readText, type Resumption } from "./messages";

const keep = (text: string) => text;
const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

describe("depth", () => {
  it.each([
    ["as deep as allowed", nested(10), false],
    ["one deeper", nested(11), true],
    ["objects", nested(11, '{"a":', "}").replace('{"a":}', "{}"), true],
    ["wide, not deep", `[${"[],".repeat(100)}[]]`, false],
    ["brackets within a text", JSON.stringify("[".repeat(100)), false],
    ["brackets behind an escaped quote", JSON.stringify(`"${"[".repeat(100)}`), false],
    ["brackets behind an escaped backslash", `["\\\\",${nested(10)}]`, true],
    ["a text that never ends", `"${"[".repeat(100)}`, false],
    ["deep after a text that ends in backslashes", `["${"\\\\".repeat(50)}",${nested(10)}]`, true],
    ["half of it only", "[".repeat(50), true],
  ])("%s", (_what, text, deeper) => {
    expect(isDeeperThan(text, 10)).toBe(deeper);
  });
});

describe("a message", () => {
  const says = (text: string, mask = keep) => parseIncoming(text, mask);

  it.each<[string, unknown]>([
    ['{"jsonrpc":"2.0","id":1,"result":{}}', { kind: "reply", id: 1, reply: { result: {} } }],
    [
      '{"jsonrpc":"2.0","id":"a","result":{"x":1}}',
      { kind: "reply", id: "a", reply: { result: { x: 1 } } },
    ],
    ['{"jsonrpc":"2.0","result":{}}', { kind: "reply", id: null, reply: { result: {} } }],
    [
      '{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"no","data":[1],"more":1}}',
      { kind: "reply", id: null, reply: { error: { code: -1, message: "no", data: [1] } } },
    ],
    ['{"jsonrpc":"2.0","method":"m"}', { kind: "notification", method: "m", params: {} }],
    [
      '{"jsonrpc":"2.0","method":"m","params":[1]}',
      { kind: "notification", method: "m", params: {} },
    ],
    ['{"jsonrpc":"2.0","id":0,"method":"m"}', { kind: "request", id: 0, method: "m" }],
  ])("%s is understood", (text, incoming) => {
    expect(says(text)).toEqual(incoming);
  });

  it.each([
    "",
    "not json",
    "null",
    "7",
    "[]",
    '[{"jsonrpc":"2.0","id":1,"result":{}}]',
    "{}",
    '{"jsonrpc":"1.0","id":1,"result":{}}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"2.0","id":1,"result":null}',
    '{"jsonrpc":"2.0","id":1,"result":[]}',
    '{"jsonrpc":"2.0","id":1,"error":"no"}',
    '{"jsonrpc":"2.0","id":1,"error":{"code":"1","message":"no"}}',
    '{"jsonrpc":"2.0","id":1,"error":{"code":1}}',
    '{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"no"}}',
    `{"jsonrpc":"2.0","id":1,"result":{"deep":${nested(501)}}}`,
  ])("%# is refused", (text) => {
    expect(says(text)).toEqual({
      kind: "invalid",
      reason: expect.stringMatching(/^a (?:body|message)|^an error/),
    });
  });

  it("keeps keys that other languages find special", () => {
    const text = '{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"a":1},"constructor":2}}';
    const incoming = says(text, maskFor({ "x-api-key": "constructor-key" }));
    expect(JSON.stringify(incoming)).toContain('{"__proto__":{"a":1},"constructor":2}');
    expect(JSON.stringify(says(text, (given) => given.replaceAll("a", "b")))).toContain(
      '"__proto__":{"b":1}',
    );
  });
});

describe("a secret in a message", () => {
  const secret = 'sk/live/+"quoted"\\é-0123456789';
  const mask = maskFor({ "x-api-key": secret });
  const escapedSlashes = (text: string) => text.replaceAll("/", "\\/");
  const escapedAll = (text: string) =>
    Array.from(text)
      .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
  const inner = JSON.stringify(secret).slice(1, -1);

  it.each<[string, string]>([
    ["plain", inner],
    ["with escaped slashes, as PHP writes them", escapedSlashes(inner)],
    ["every character escaped", escapedAll(secret)],
    ["some characters escaped", inner.replace("s", "\\u0073").replace("live", "l\\u0069ve")],
    ["as JSON within the text", JSON.stringify(inner).slice(1, -1)],
    [
      "as JSON with escaped slashes within the text",
      JSON.stringify(escapedSlashes(inner)).slice(1, -1),
    ],
    ["fully escaped within the text", JSON.stringify(escapedAll(secret)).slice(1, -1)],
  ])("is masked when it comes %s", (_what, written) => {
    const text = `{"jsonrpc":"2.0","id":1,"result":{"text":"before ${written} after","${written}":[true]}}`;
    const incoming = parseIncoming(text, mask);
    expect(incoming).toEqual({
      kind: "reply",
      id: 1,
      reply: { result: { text: "before [secret] after", "[secret]": [true] } },
    });
  });

  it("is masked when only some of its slashes are escaped", () => {
    const incoming = parseIncoming(
      '{"jsonrpc":"2.0","id":1,"result":{"text":"sk\\/live/4f9a81"}}',
      maskFor({ "x-api-key": "sk/live/4f9a81" }),
    );
    expect(incoming).toMatchObject({ reply: { result: { text: "[secret]" } } });
  });

  it("of digits does not tear a number apart", () => {
    const incoming = parseIncoming(
      '{"jsonrpc":"2.0","id":1,"result":{"n":123456789,"ok":12345,"text":"123456789"}}',
      maskFor({ "x-api-key": "123456789" }),
    );
    expect(incoming).toMatchObject({
      reply: { result: { n: "[secret]", ok: 12345, text: "[secret]" } },
    });
  });

  it("that looks like JSON does not bend the message", () => {
    const incoming = parseIncoming(
      '{"jsonrpc":"2.0","id":1,"result":{"a":"b","c":"d"}}',
      maskFor({ "x-api-key": '"a":"b","c"' }),
    );
    expect(incoming).toMatchObject({ reply: { result: { a: "b", c: "d" } } });
  });
});

const streamOf = (...pieces: string[]) =>
  new Blob(pieces).stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        for (const byte of piece) controller.enqueue(new Uint8Array([byte]));
      },
    }),
  );

describe("a stream", () => {
  it("is read event by event, whatever its pieces", async () => {
    const data: string[] = [];
    for await (const event of readEvents(
      streamOf("data: ü\n\n: comment\n\ndata: 2\r\n\r\n", "data: a\ndata: b\n\ndata: lost"),
    ))
      data.push(event.data);
    expect(data).toEqual(["ü", "2", "a\nb"]);
  });

  it("says where and when to take it up again, with events that hold nothing else", async () => {
    const resumption: Resumption = { lastEventId: "", retryMs: undefined };
    const data: string[] = [];
    for await (const event of readEvents(
      streamOf("retry: 250\nid: 1\ndata:\n\n", "id: 2\n\ndata: x\n\n"),
      resumption,
    ))
      data.push(event.data);
    expect(data).toEqual(["x"]);
    expect(resumption).toEqual({ lastEventId: "2", retryMs: 250 });
  });

  it("is hung up on when nobody reads on", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("data: again\n\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const event of readEvents(endless)) if (event.data === "again") break;
    expect(cancelled).toBe(true);
  });
});

describe("a body", () => {
  const signal = new AbortController().signal;
  it("is refused when it is not UTF-8", async () => {
    await expect(
      readText(new Response(new Uint8Array([0x22, 0x80, 0x22])), signal),
    ).rejects.toMatchObject({
      code: "upstream_invalid",
    });
  });

  it("that breaks off is an unreachable server, not a fault of the hub", async () => {
    const broken = new ReadableStream({
      pull: () => Promise.reject(new Error("Network connection lost.")),
    });
    await expect(readText(new Response(broken), signal)).rejects.toMatchObject({
      code: "upstream_unreachable",
    });
  });
});
