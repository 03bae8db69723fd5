import type { ErrorCode } from "../../../shared/errors.ts";

/** Which request misbehaves: initialize or server/discover, tools/list, or tools/call. */
export type Side = "connect" | "list" | "call";

/** What the hub should make of it: a code, or an execution that ends well or with the tool's own error. */
export type Expectation = ErrorCode | "succeeded" | "failed";

export interface Fault {
  title: string;
  side: Side;
  expect: Expectation;
}

const connect = (title: string, expect: Expectation): Fault => ({ title, side: "connect", expect });
const list = (title: string, expect: Expectation): Fault => ({ title, side: "list", expect });
const call = (title: string, expect: Expectation): Fault => ({ title, side: "call", expect });

// Imported by tests inside workerd too: keep this file free of Node.
const table = {
  healthy: call("does everything right and counts", "succeeded"),

  connect_refused: connect("has nobody listening on its port", "upstream_unreachable"),
  connect_refused_on_call: call("closes its port once armed", "upstream_unreachable"),
  connect_hang: connect("accepts the opening request and never answers", "upstream_timeout"),
  connect_unknown_version: connect("offers only a protocol version of 1999", "upstream_invalid"),
  tls_plaintext: connect("speaks plain HTTP where TLS is expected", "upstream_unreachable"),
  tls_untrusted: connect("shows a certificate nobody signed", "upstream_unreachable"),

  status_400: call("answers 400", "upstream_error"),
  status_401: call("answers 401 with a Bearer challenge", "upstream_unauthorized"),
  status_403: call("answers 403 insufficient_scope", "upstream_unauthorized"),
  status_404: call("answers 404, which ends a 2025 session", "upstream_error"),
  status_408: call("answers 408 and closes", "upstream_timeout"),
  status_409: call("answers 409", "upstream_error"),
  status_410: call("answers 410", "upstream_error"),
  status_413: call("answers 413", "upstream_error"),
  status_429: call("answers 429 without Retry-After", "upstream_error"),
  status_429_seconds: call("answers 429, Retry-After in two seconds", "upstream_error"),
  status_429_date: call("answers 429, Retry-After as a date two seconds ahead", "upstream_error"),
  status_429_past: call("answers 429, Retry-After as a date long gone", "upstream_error"),
  status_429_absurd: call("answers 429, Retry-After in a thousand years", "upstream_error"),
  status_429_garbage: call("answers 429, Retry-After in words", "upstream_error"),
  status_500: call("answers 500", "upstream_error"),
  status_502: call("answers 502", "upstream_error"),
  status_503: call("answers 503", "upstream_error"),
  status_503_seconds: call("answers 503, Retry-After in two seconds", "upstream_error"),
  status_504: call("answers 504", "upstream_timeout"),

  reset_before_headers: call("resets the connection instead of answering", "upstream_unreachable"),
  reset_mid_body: call("resets the connection halfway through the body", "upstream_unreachable"),
  truncated_body: call("closes before Content-Length is reached", "upstream_unreachable"),
  slow_headers: call("drips header bytes for ever", "upstream_timeout"),
  slow_body: call("drips body bytes for ever", "upstream_timeout"),
  hang: call("takes the request and never answers", "upstream_timeout"),
  hang_after_headers: call("sends headers and then nothing", "upstream_timeout"),
  one_byte_chunks: call("answers rightly, one byte per chunk", "succeeded"),
  redirect_loop: call("redirects in a circle", "upstream_invalid"),
  redirect_private: call("redirects to the cloud metadata address", "outbound_refused"),
  redirect_scheme: call("redirects to a file: URL", "outbound_refused"),

  flood: call("streams a body of 100 MB", "upstream_too_large"),
  flood_declared: call("declares and streams a body of 100 MB", "upstream_too_large"),
  flood_error_page: call("answers 500 with a page of 100 MB", "upstream_error"),
  result_10mb: call("answers a valid result of 10 MiB of text", "upstream_too_large"),
  gzip_bomb: call("unpacks a thousandfold to 100 MB", "upstream_too_large"),
  gzip_lie: call("calls plain text gzip", "upstream_invalid"),

  wrong_content_type: call("answers right JSON as text/plain", "upstream_invalid"),
  html_login: call("answers 200 with a login page", "upstream_invalid"),
  empty_body: call("answers 200 with nothing in it", "upstream_invalid"),
  invalid_json: call("answers JSON with a missing bracket", "upstream_invalid"),
  invalid_utf8: call("answers bytes that are no UTF-8", "upstream_invalid"),
  deep_json: call("nests 10,000 levels deep", "upstream_invalid"),
  duplicate_keys: call("names the same key twice; the last one counts", "succeeded"),
  prototype_keys: call("has __proto__ and constructor as keys of its result", "succeeded"),
  wrong_id: call("answers another request's id", "upstream_invalid"),
  no_id: call("answers without an id", "upstream_invalid"),
  batch_answer: call("answers with an array", "upstream_invalid"),
  result_and_error: call("answers with a result and an error at once", "upstream_invalid"),
  error_in_200: call("answers 200 with a JSON-RPC error", "upstream_error"),
  tool_error: call("answers a result marked isError", "failed"),
  result_without_content: call("answers a result without content", "upstream_invalid"),
  result_unknown_type: call("answers a resultType that 2026 does not know", "upstream_invalid"),

  sse_endless: call("streams comments for ever and no answer", "upstream_timeout"),
  sse_progress_endless: call("streams progress for ever and no answer", "upstream_timeout"),
  sse_open_after_answer: call("answers in a stream it never closes", "succeeded"),
  sse_without_answer: call("ends the stream without an answer", "upstream_invalid"),
  sse_garbage: call("streams events that are no JSON-RPC, then ends", "upstream_invalid"),
  sse_flood: call("streams one event of 100 MB", "upstream_too_large"),

  list_huge: list("lists 5,000 tools in 20 MB", "upstream_too_large"),
  list_not_array: list("lists an object instead of tools", "upstream_invalid"),
  list_cursor_cycle: list("has pages that lead back to each other", "upstream_invalid"),
  list_cursor_endless: list("has a next page for ever", "upstream_too_large"),
  list_null_entry: list("lists null among the tools", "succeeded"),
  list_no_name: list("lists a tool without a name", "succeeded"),
  list_long_name: list("lists a tool with a name of 10 KB", "succeeded"),
  list_same_name: list("lists two tools of one name", "succeeded"),
  list_prototype_names: list("lists tools named __proto__ and constructor", "succeeded"),
  list_schema_missing: list("lists a tool without inputSchema", "succeeded"),
  list_schema_not_object: list("lists tools whose inputSchema is no object", "succeeded"),
  list_schema_cyclic: list("lists a tool whose $ref leads to itself", "succeeded"),
  list_schema_remote: list("lists a tool whose $ref leads elsewhere", "succeeded"),
  list_schema_wide: list("lists a tool with 1,000 properties", "succeeded"),

  echo_plain: call("repeats the request headers in its result", "succeeded"),
  echo_base64: call("repeats them in base64", "succeeded"),
  echo_base64url: call("repeats them in base64url", "succeeded"),
  echo_hex: call("repeats them in hex", "succeeded"),
  echo_urlencoded: call("repeats them URL-encoded", "succeeded"),
  echo_json_escaped: call("repeats them as escaped JSON within the text", "succeeded"),
  echo_unicode_escaped: call("repeats them, every character as \\u on the wire", "succeeded"),
  error_echo_plain: call("repeats the headers in a JSON-RPC error", "upstream_error"),
  error_echo_base64: call("repeats them there in base64", "upstream_error"),
  error_echo_base64url: call("repeats them there in base64url", "upstream_error"),
  error_echo_hex: call("repeats them there in hex", "upstream_error"),
  error_echo_urlencoded: call("repeats them there URL-encoded", "upstream_error"),
  error_echo_json_escaped: call("repeats them there as escaped JSON", "upstream_error"),
  error_echo_unicode_escaped: call("repeats them there as \\u escapes", "upstream_error"),
  html_echo_plain: call("repeats the headers in an HTML error page", "upstream_error"),
  html_echo_base64: call("repeats them on the page in base64", "upstream_error"),
  html_echo_base64url: call("repeats them on the page in base64url", "upstream_error"),
  html_echo_hex: call("repeats them on the page in hex", "upstream_error"),
  html_echo_urlencoded: call("repeats them on the page URL-encoded", "upstream_error"),
  html_echo_json_escaped: call("repeats them on the page as escaped JSON", "upstream_error"),
  html_echo_unicode_escaped: call("repeats them on the page as \\u escapes", "upstream_error"),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof table;

/** After these a call that changes nothing is sent again: they may be over in a moment. */
export const passing: ReadonlySet<string> = new Set<FaultName>([
  "connect_refused_on_call",
  "status_408",
  "status_429",
  "status_429_seconds",
  "status_429_date",
  "status_429_past",
  "status_429_absurd",
  "status_429_garbage",
  "status_500",
  "status_502",
  "status_503",
  "status_503_seconds",
  "status_504",
  "reset_before_headers",
  "reset_mid_body",
  "truncated_body",
  "flood_error_page",
  "sse_without_answer",
  "html_echo_plain",
  "html_echo_base64",
  "html_echo_base64url",
  "html_echo_hex",
  "html_echo_urlencoded",
  "html_echo_json_escaped",
  "html_echo_unicode_escaped",
]);

export const faults: Record<FaultName, Fault> = table;

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(table, name);
