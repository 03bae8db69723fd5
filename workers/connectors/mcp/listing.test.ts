import { describe, expect, it } from "vitest";
import type { Discovered } from "./discover";
import { readListing } from "./listing";
import type { JsonObject } from "../../../shared/json";
import type { RpcReply } from "../../../shared/mcp/protocol";

const anything = { type: "object" };

/** A server whose lists are given as pages; the cursor is the number of the next page. */
function serverOf(
  lists: Record<string, JsonObject[] | RpcReply>,
  capabilities: JsonObject = { tools: {}, resources: {}, prompts: {} },
) {
  const asked: string[] = [];
  const server: Pick<Discovered, "capabilities" | "ask"> = {
    capabilities,
    ask: async (method, params) => {
      asked.push(method);
      const pages = lists[method] ?? [{}];
      if (!Array.isArray(pages)) return pages;
      const at = Number(params["cursor"] ?? 0);
      const fields = { tools: [], resources: [], resourceTemplates: [], prompts: [] };
      return {
        result: {
          ...fields,
          ...(at + 1 < pages.length ? { nextCursor: String(at + 1) } : {}),
          ...pages[at],
        },
      };
    },
  };
  return { read: () => readListing(server as Discovered), asked };
}

it("reads every page of every list, in order", async () => {
  const tool = (name: string) => ({ name, inputSchema: anything });
  const { read } = serverOf({
    "tools/list": [{ tools: [tool("a"), tool("b")] }, { tools: [] }, { tools: [tool("c")] }],
    "resources/list": [
      { resources: [{ uri: "a:1", name: "1" }] },
      { resources: [{ uri: "a:2", name: "2" }] },
    ],
    "resources/templates/list": [{ resourceTemplates: [{ uriTemplate: "a:{x}", name: "x" }] }],
    "prompts/list": [{ prompts: [{ name: "p" }] }, { prompts: [{ name: "q" }] }],
  });
  const listing = await read();
  expect(listing.tools.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(listing.resources.map(({ uri }) => uri)).toEqual(["a:1", "a:2"]);
  expect(listing.resourceTemplates).toHaveLength(1);
  expect(listing.prompts.map(({ name }) => name)).toEqual(["p", "q"]);
  expect(listing.warnings).toEqual([]);
});

it("asks only for what the server declares, and takes an empty cursor for a cursor", async () => {
  const { read, asked } = serverOf(
    { "tools/list": [{ tools: [], nextCursor: "" }] },
    { tools: {}, prompts: true },
  );
  await expect(read()).rejects.toThrow("repeats a cursor");
  expect(asked).toEqual(["tools/list", "tools/list"]);
});

it("forgives a server that does not know templates, and no other refusal", async () => {
  const refusal = { error: { code: -32601, message: "no" } };
  expect(
    (await serverOf({ "resources/templates/list": refusal }).read()).resourceTemplates,
  ).toEqual([]);
  await expect(serverOf({ "resources/list": refusal }).read()).rejects.toMatchObject({
    code: "upstream_error",
  });
});

describe("a listing that is refused", () => {
  const endless = Array.from({ length: 600 }, () => ({}));
  const large = Array.from({ length: 20 }, (_, n) => ({
    tools: [{ name: `t${n}`, x: "x".repeat(500_000) }],
  }));
  const tools = Array.from({ length: 5001 }, (_, n) => ({ name: `t${n}` }));
  it.each<[string, JsonObject[], string]>([
    ["is none", [{ tools: { a: 1 } }], "upstream_invalid"],
    ["goes round in a circle", [{ nextCursor: "1" }, { nextCursor: "0" }, {}], "upstream_invalid"],
    ["never ends", endless, "upstream_too_large"],
    ["is too long", [{ tools }], "upstream_too_large"],
    ["is too large over its pages", large, "upstream_too_large"],
  ])("%s", async (_what, pages, code) => {
    await expect(serverOf({ "tools/list": pages }).read()).rejects.toMatchObject({ code });
  });
});

describe("left out, with a warning, is", () => {
  const good = { name: "good", inputSchema: anything };
  it.each<[string, unknown, string]>([
    ["what is no object", null, "A tool without a name was left out."],
    ["a tool without a name", { inputSchema: anything }, "A tool without a name was left out."],
    [
      "a tool whose name is empty",
      { name: "", inputSchema: anything },
      "A tool without a name was left out.",
    ],
    [
      "a tool without a schema",
      { name: "x" },
      'The tool "x" was left out: it has no input schema.',
    ],
    [
      "a tool whose schema is a list",
      { name: "x", inputSchema: [] },
      'The tool "x" was left out: it has no input schema.',
    ],
    [
      "a tool that takes no object",
      { name: "x", inputSchema: { type: "array" } },
      'The tool "x" was left out: it takes no object as its arguments.',
    ],
    [
      "a tool with a header that may not be",
      { name: "x", inputSchema: { ...anything, "x-mcp-header": "A" } },
      "x-mcp-header",
    ],
    [
      "a second tool of the same name",
      { name: "good", inputSchema: anything },
      'The tool "good" is listed twice; the first was kept.',
    ],
    [
      "a tool with a long name",
      { name: "n".repeat(257), inputSchema: anything },
      "its name is too long",
    ],
    [
      "a tool with a line break in its name",
      { name: "a\nb", inputSchema: anything },
      'The tool "a�b" was left out: its name holds control characters.',
    ],
    [
      "a tool with half a character in its name",
      { name: "a\ud800", inputSchema: anything },
      "control characters",
    ],
    [
      "a tool too large to store",
      { name: "x", description: "d".repeat(250_000), inputSchema: anything },
      "its definition is too long",
    ],
  ])("%s", async (_what, tool, warning) => {
    const listing = await serverOf({ "tools/list": [{ tools: [good, tool] }] }).read();
    expect(listing.tools).toEqual([good]);
    expect(listing.warnings).toEqual([expect.stringContaining(warning)]);
  });

  it("named in fifty warnings at most", async () => {
    const listing = await serverOf({
      "tools/list": [{ tools: Array.from({ length: 200 }, () => null) }],
    }).read();
    expect(listing.warnings).toHaveLength(50);
  });
});

it("keeps tools named like parts of JavaScript", async () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const { read } = serverOf({
    "tools/list": [{ tools: names.map((name) => ({ name, inputSchema: anything })) }],
  });
  expect((await read()).tools.map(({ name }) => name)).toEqual(names);
});
