import { expect, it } from "vitest";
import { base64, shellArgument, tomlKey, tomlString } from "./quoting";

it.each([
  ["https://hub.example.com/mcp", "https://hub.example.com/mcp"],
  ["Authorization: Bearer pb_1", '"Authorization: Bearer pb_1"'],
  ["https://hub.example.com/?a=1&b=2", '"https://hub.example.com/?a=1&b=2"'],
  ["", "''"],
  ["--transport", "--transport"],
  ["$(reboot)", "'$(reboot)'"],
  ["it's", `'it'\\''s'`],
  ["`id`", "'`id`'"],
  ["bang!", "'bang!'"],
])("gives %j to a shell as %s", (text, quoted) => {
  expect(shellArgument(text)).toBe(quoted);
});

it("escapes what ends a TOML string, and quotes keys that need it", () => {
  expect(tomlString('a "b" \\ \n\u007f')).toBe(String.raw`"a \"b\" \\ \n\u007f"`);
  expect(tomlKey("plugboard-tickets")).toBe("plugboard-tickets");
  expect(tomlKey("a.b")).toBe('"a.b"');
});

it("encodes letters beyond ASCII as UTF-8", () => {
  expect(Buffer.from(base64("Bücher 🗝"), "base64").toString("utf8")).toBe("Bücher 🗝");
});
