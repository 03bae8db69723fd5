import { type Behaviour, around, send, sendJson } from "./exchange.ts";

const loginPage = `<!doctype html><title>Sign in</title>
<form action="/login" method="post"><input name="password" type="password"></form>`;

export const answers = {
  connect_unknown_version: (exchange) => {
    const version = "1999-01-01";
    const result = { ...exchange.answer.result, protocolVersion: version };
    if ("supportedVersions" in result) result["supportedVersions"] = [version];
    sendJson(exchange, { ...exchange.answer, result });
  },
  wrong_content_type: (exchange) =>
    sendJson(exchange, exchange.answer, { type: "text/plain; charset=utf-8" }),
  html_login: (exchange) => send(exchange, loginPage, { type: "text/html" }),
  empty_body: (exchange) => send(exchange, ""),
  invalid_json: (exchange) => send(exchange, JSON.stringify(exchange.answer).slice(0, -1)),
  invalid_utf8: (exchange) => {
    const { before, after } = around(exchange.answer, (hole) => ({
      content: [{ type: "text", text: hole }],
    }));
    // A lone continuation byte, an overlong slash and a surrogate half.
    const bytes = Buffer.from([0x80, 0xc0, 0xaf, 0xed, 0xa0, 0x80]);
    send(exchange, Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]));
  },
  deep_json: (exchange) => {
    const { before, after } = around(exchange.answer, (hole) => ({
      structuredContent: { deep: hole },
    }));
    const deep = "[".repeat(10_000) + "]".repeat(10_000);
    send(exchange, before.slice(0, -1) + deep + after.slice(1));
  },
  duplicate_keys: (exchange) => {
    const first = `"result":{"content":[{"type":"text","text":"the first of two"}]},`;
    send(
      exchange,
      JSON.stringify(exchange.answer).replace("{", () => `{${first}`),
    );
  },
  prototype_keys: (exchange) => {
    const polluted = `{"polluted":true,"isAdmin":true}`;
    const keys = `"__proto__":${polluted},"constructor":{"prototype":${polluted}},`;
    const body = JSON.stringify({
      ...exchange.answer,
      result: { structuredContent: { hole: "" }, ...exchange.answer.result },
    });
    const inner = body.replace(`{"hole":""}`, () => `{${keys}"hole":""}`);
    send(
      exchange,
      inner.replace(`"result":{`, () => `"result":{${keys}`),
    );
  },
  wrong_id: (exchange) => sendJson(exchange, { ...exchange.answer, id: "another-request" }),
  no_id: (exchange) => {
    const { id: _, ...rest } = exchange.answer;
    sendJson(exchange, rest);
  },
  batch_answer: (exchange) => sendJson(exchange, [exchange.answer]),
  result_and_error: (exchange) =>
    sendJson(exchange, { ...exchange.answer, error: { code: -32603, message: "both at once" } }),
  error_in_200: (exchange) => {
    const { result: _, ...rest } = exchange.answer;
    sendJson(exchange, { ...rest, error: { code: -32603, message: "The fault upstream failed." } });
  },
  tool_error: (exchange) => {
    const content = [{ type: "text", text: "The probe found nothing." }];
    const result = { ...exchange.answer.result, content, isError: true };
    sendJson(exchange, { ...exchange.answer, result });
  },
  result_without_content: (exchange) => {
    const { content: _, ...result } = exchange.answer.result;
    sendJson(exchange, { ...exchange.answer, result });
  },
  result_unknown_type: (exchange) => {
    const result = { ...exchange.answer.result, resultType: "perhaps" };
    sendJson(exchange, { ...exchange.answer, result });
  },
} satisfies Record<string, Behaviour>;
