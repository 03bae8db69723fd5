import type { IncomingMessage } from "node:http";
import { type Behaviour, around, send } from "./exchange.ts";

const escapeAll = (text: string) =>
  text.replace(/./gsu, (c) =>
    Array.from(
      { length: c.length },
      (_, n) => `\\u${c.charCodeAt(n).toString(16).padStart(4, "0")}`,
    ).join(""),
  );

const forms = {
  plain: (text: string) => text,
  base64: (text: string) => Buffer.from(text).toString("base64"),
  base64url: (text: string) => Buffer.from(text).toString("base64url"),
  hex: (text: string) => Buffer.from(text).toString("hex"),
  urlencoded: (text: string) => encodeURIComponent(text),
  json_escaped: (text: string) => JSON.stringify(text),
  unicode_escaped: escapeAll,
};
type Form = keyof typeof forms;

/** Every header value, and the bare secret inside it: encoded with its scheme, a token looks different. */
function* secrets(req: IncomingMessage): Generator<[string, string]> {
  yield ["url", req.url ?? ""];
  for (let n = 0; n < req.rawHeaders.length; n += 2) {
    const name = req.rawHeaders[n] ?? "";
    const value = req.rawHeaders[n + 1] ?? "";
    yield [name, value];
    const [, scheme, token] = /^(\S+) (\S+)$/.exec(value) ?? [];
    if (!scheme || !token) continue;
    yield [`${name} token`, token];
    if (scheme.toLowerCase() !== "basic") continue;
    const pair = Buffer.from(token, "base64").toString();
    yield [`${name} pair`, pair];
    yield [`${name} password`, pair.slice(pair.indexOf(":") + 1)];
  }
}

const repeated = (req: IncomingMessage, form: Form) =>
  [...secrets(req)].map(([name, value]) => `${name}: ${forms[form](value)}`).join("\n");

/** Unicode escapes are put on the wire as they are, so that only a parser sees what they spell. */
const wire = (req: IncomingMessage, form: Form) => {
  const text = repeated(req, form);
  return form === "unicode_escaped"
    ? text.replaceAll("\n", "\\n")
    : JSON.stringify(text).slice(1, -1);
};

const result =
  (form: Form): Behaviour =>
  (exchange) => {
    const { before, after } = around(exchange.answer, (hole) => ({
      content: [{ type: "text", text: hole }],
    }));
    send(exchange, before + wire(exchange.req, form) + after);
  };

const error =
  (form: Form): Behaviour =>
  (exchange) => {
    const id = JSON.stringify(exchange.answer.id);
    const said = wire(exchange.req, form);
    const body = `{"code":-32603,"message":"Refused:\\n${said}","data":{"request":"${said}"}}`;
    send(exchange, `{"jsonrpc":"2.0","id":${id},"error":${body}}`);
  };

const page =
  (form: Form): Behaviour =>
  (exchange) =>
    send(
      exchange,
      `<!doctype html><title>Server error</title><pre>${repeated(exchange.req, form)}</pre>`,
      { status: 500, type: "text/html" },
    );

export const echoes = {
  echo_plain: result("plain"),
  echo_base64: result("base64"),
  echo_base64url: result("base64url"),
  echo_hex: result("hex"),
  echo_urlencoded: result("urlencoded"),
  echo_json_escaped: result("json_escaped"),
  echo_unicode_escaped: result("unicode_escaped"),
  error_echo_plain: error("plain"),
  error_echo_base64: error("base64"),
  error_echo_base64url: error("base64url"),
  error_echo_hex: error("hex"),
  error_echo_urlencoded: error("urlencoded"),
  error_echo_json_escaped: error("json_escaped"),
  error_echo_unicode_escaped: error("unicode_escaped"),
  html_echo_plain: page("plain"),
  html_echo_base64: page("base64"),
  html_echo_base64url: page("base64url"),
  html_echo_hex: page("hex"),
  html_echo_urlencoded: page("urlencoded"),
  html_echo_json_escaped: page("json_escaped"),
  html_echo_unicode_escaped: page("unicode_escaped"),
} satisfies Record<string, Behaviour>;
