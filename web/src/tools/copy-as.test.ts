import { execFileSync } from "node:child_process";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { asCurl, asMcp, asTypeScript, shellQuoted, type CallToCopy } from "./copy-as";

const call = (args: Record<string, unknown>, inputSchema = {}): CallToCopy => ({
  origin: "http://localhost:8787",
  tool: { id: "tool_1", exposedName: "everything__echo", inputSchema },
  args,
});

const hostile: [string, string][] = [
  ["single quotes", "it's '' and '; rm -rf / #"],
  ["double quotes", `say "hi" \\" \\\\"`],
  ["substitutions", "$HOME ${PATH} $(id) `id` !history !!"],
  ["line breaks", "one\ntwo\r\nthree\n"],
  ["a here-document", "<<EOF\n$(id)\nEOF"],
  ["options and files", "--upload-file /etc/passwd @/etc/passwd -o x"],
  ["control characters", "\u0000\u0007\u001b[31m\u007f\u0085"],
  ["text that turns around", "\u202eabc\u2066 \u200b\u2028"],
  ["backslashes at the end", "\\\\\\"],
  ["characters outside ASCII", "Zürich 🚀 \ud800"],
  ["globs and braces", "* ? [a-z] {a,b} ~ & | ; < > ( )"],
];

/** What bash hands the program, one argument a list item. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; PLUGBOARD_API_KEY=pb_test; ${command}`;
  return execFileSync("bash", ["-c", script]).toString().split("\0").slice(0, -1);
}

describe("curl", () => {
  it.each(hostile)("hands on %s as they are", (_, text) => {
    const args = { [text]: text, list: [text] };
    const given = argumentsOf(asCurl(call(args)));
    expect(given.slice(0, -1)).toEqual([
      "http://localhost:8787/api/v1/tools/tool_1/call",
      "-H",
      "Authorization: Bearer pb_test",
      "-H",
      "Content-Type: application/json",
      "-d",
    ]);
    expect(JSON.parse(given.at(-1) ?? "")).toEqual({ arguments: args });
  });

  it.each(hostile.filter(([, text]) => !text.includes("\0")))("quotes %s", (_, text) => {
    expect(execFileSync("bash", ["-c", `printf %s ${shellQuoted(text)}`])).toEqual(
      Buffer.from(text),
    );
  });

  it("shows what it copies: nothing in it is invisible", () => {
    for (const [, text] of hostile)
      expect(asCurl(call({ text }))).not.toMatch(
        /[^\P{Cc}\n]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u,
      );
  });
});

describe("TypeScript", () => {
  it.each([...hostile, ["a prototype's name", '__proto__": 1']])(
    "sends %s as they are",
    (_, text) => {
      const args = JSON.parse(
        `{${JSON.stringify(text)}:1,"__proto__":{"a":[${JSON.stringify(text)}]}}`,
      );
      for (const given of [args, { text }]) {
        let body = "";
        const fetch = (_url: string, init: { body: string }) => {
          ({ body } = init);
          return { ok: true, json: () => ({}) };
        };
        const code = asTypeScript(call(given)).replaceAll("await ", "");
        runInContext(code, createContext({ fetch, process: { env: {} } }));
        expect(JSON.parse(body)).toEqual({ arguments: given });
      }
    },
  );
});

describe("MCP", () => {
  const split = (text: string) => {
    const [headers = "", body = ""] = text.split("\n\n");
    return { headers: headers.split("\n"), message: JSON.parse(body) };
  };

  it("is a plain call to a 2025-11-25 client", () => {
    const { headers, message } = split(asMcp(call({ message: "hi" }), "legacy"));
    expect(headers).toContain("MCP-Protocol-Version: 2025-11-25");
    expect(message).toEqual({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "everything__echo", arguments: { message: "hi" } },
    });
  });

  it("names its revision, its method and its tool to a 2026-07-28 one", () => {
    const { headers, message } = split(asMcp(call({}), "modern"));
    expect(headers.slice(4)).toEqual([
      "MCP-Protocol-Version: 2026-07-28",
      "Mcp-Method: tools/call",
      "Mcp-Name: everything__echo",
    ]);
    expect(message.params._meta).toMatchObject({
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
    });
  });

  it("repeats in headers what the tool wants there, on one line each", () => {
    const schema = { properties: { region: { type: "string", "x-mcp-header": "Region" } } };
    const { headers } = split(asMcp(call({ region: "a\r\nX: y" }, schema), "modern"));
    expect(headers.at(-1)).toBe("Mcp-Param-Region: =?base64?YQ0KWDogeQ==?=");
  });
});
