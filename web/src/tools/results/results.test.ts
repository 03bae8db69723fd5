import { describe, expect, it } from "vitest";
import { base64Bytes, fromBase64 } from "./base64";
import { httpsHost, shownResult } from "./blocks";
import { jsonInText } from "./json-in-text";

const block = (of: unknown) => shownResult({ content: [of] }).blocks[0];

describe("a part of a result", () => {
  it.each<[string, unknown, object]>([
    ["text", { type: "text", text: "hi" }, { kind: "text", text: "hi" }],
    [
      "an image",
      { type: "image", data: "AA==", mimeType: "image/png" },
      { kind: "image", mimeType: "image/png" },
    ],
    [
      "an image under another name",
      { type: "image", data: "AA==", mimeType: "IMAGE/JPG; q=1" },
      { kind: "image", mimeType: "image/jpeg" },
    ],
    [
      "SVG, to download only",
      { type: "image", data: "AA==", mimeType: "image/svg+xml" },
      { kind: "file", mimeType: "image/svg+xml" },
    ],
    [
      "HTML called an image, to download only",
      { type: "image", data: "AA==", mimeType: "text/html" },
      { kind: "file" },
    ],
    [
      "no type at all, to download only",
      { type: "image", data: "AA==" },
      { kind: "file", mimeType: "application/octet-stream" },
    ],
    [
      "a type that is none",
      { type: "image", data: "AA==", mimeType: 'image/png" onload="x' },
      { kind: "file", mimeType: "application/octet-stream" },
    ],
    [
      "sound",
      { type: "audio", data: "AA==", mimeType: "audio/wav" },
      { kind: "audio", mimeType: "audio/wav" },
    ],
    [
      "a video",
      { type: "audio", data: "AA==", mimeType: "video/mp4" },
      { kind: "file", mimeType: "video/mp4" },
    ],
    [
      "a resource of text",
      {
        type: "resource",
        resource: { uri: "file:///a.md", mimeType: "text/markdown", text: "# A" },
      },
      { kind: "document", text: "# A", mimeType: "text/markdown", uri: "file:///a.md" },
    ],
    [
      "a resource that is an image",
      { type: "resource", resource: { uri: "x://a.png", mimeType: "image/png", blob: "AA==" } },
      { kind: "image" },
    ],
    [
      "a resource of bytes",
      { type: "resource", resource: { uri: "x://y/../evil name.exe?x", blob: "AA==" } },
      { kind: "file", name: "evil-name.exe" },
    ],
    [
      "a link",
      { type: "resource_link", uri: "https://example.com/a", name: "A" },
      { kind: "link", host: "example.com", name: "A" },
    ],
    [
      "a link that is none",
      { type: "resource_link", uri: "javascript:alert(1)", name: "A" },
      { kind: "link", host: undefined },
    ],
    [
      "a link with a name that hides",
      { type: "resource_link", uri: "file:///x", name: "a\u202eb" },
      { name: "a\ufffdb" },
    ],
    [
      "what nobody knows yet",
      { type: "hologram", depth: 3 },
      { kind: "unknown", value: { type: "hologram", depth: 3 } },
    ],
    ["text without a text", { type: "text" }, { kind: "unknown" }],
    ["no object", "plain", { kind: "unknown", value: "plain" }],
    ["an empty resource", { type: "resource" }, { kind: "unknown" }],
  ])("%s", (_, of, wanted) => expect(block(of)).toMatchObject(wanted));

  it("is looked for in any result", () => {
    expect(shownResult({})).toEqual({ blocks: [], structured: undefined, isError: false });
    expect(shownResult({ content: "x", isError: "yes", structuredContent: [1] })).toEqual({
      blocks: [],
      structured: [1],
      isError: false,
    });
    expect(shownResult({ content: [], isError: true }).isError).toBe(true);
  });
});

describe("a link", () => {
  it.each<[string, string, string | undefined]>([
    ["leads to its host", "https://example.com:8443/a", "example.com:8443"],
    ["spells out what looks like something else", "https://ехample.com/", "xn--ample-ywe6i.com"],
    ["does not hide its host behind a name", "https://bank.example@evil.example/", undefined],
    ["is https only", "http://example.com", undefined],
    ["runs nothing", "JavaScript:alert(1)//https://x", undefined],
    ["opens no data", "data:text/html,x", undefined],
    ["has an end", `https://example.com/${"a".repeat(5000)}`, undefined],
  ])("%s", (_, uri, host) => expect(httpsHost(uri)).toBe(host));
});

describe("JSON in a text", () => {
  it.each<[string, unknown]>([
    [' {"a":1}', { a: 1 }],
    ["[1]", [1]],
    ["12", undefined],
    ["{no json}", undefined],
    ["", undefined],
  ])("%j is %j", (text, wanted) => expect(jsonInText(text)).toEqual(wanted));
});

describe("base64", () => {
  it("becomes bytes, of either alphabet", () => {
    expect(fromBase64("+/8=")).toEqual(Uint8Array.of(251, 255));
    expect(fromBase64("-_8")).toEqual(Uint8Array.of(251, 255));
    expect(fromBase64("no base64!")).toBeUndefined();
  });
  it.each([
    ["", 0],
    ["AA==", 1],
    ["AAA=", 2],
    ["AAAA", 3],
  ])("%j stands for %d bytes", (text, bytes) => expect(base64Bytes(text)).toBe(bytes));
});
