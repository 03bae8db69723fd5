import { expect, it } from "vitest";
import type { ErrorCode } from "../../shared/errors";
import type { Verdict } from "../limits";
import { verdictOf } from "./verdict";

it.each<[string, Verdict | undefined, ErrorCode, number?]>([
  ["nobody listens", "fails", "upstream_unreachable"],
  ["it ran into our time limit", "fails", "upstream_timeout"],
  ["its gateway ran out of time", "fails", "upstream_timeout", 504],
  ["it answered 500", "fails", "upstream_error", 500],
  ["it answered 503", "fails", "upstream_error", 503],
  ["it answered nonsense", "fails", "upstream_invalid", 200],
  ["it answered 404", "works", "upstream_error", 404],
  ["it answered 401", "works", "upstream_unauthorized", 401],
  ["it answered 403", "works", "upstream_unauthorized", 403],
  ["it answered with an error of JSON-RPC", "works", "upstream_error"],
  ["it answered too much", "works", "upstream_too_large"],
  ["it asks for input", "works", "tool_needs_input"],
  ["it wants to be asked less", undefined, "upstream_error", 429],
  ["it waited for the request in vain", undefined, "upstream_timeout", 408],
  ["the caller hung up", undefined, "cancelled"],
  ["its credential has ended", undefined, "connection_needs_auth"],
  ["it leads where the hub does not go", undefined, "outbound_refused"],
  ["the hub is at fault", undefined, "internal"],
])("where %s, a server %s", (_what, verdict, code, upstreamStatus) => {
  expect(verdictOf({ code, details: upstreamStatus === undefined ? {} : { upstreamStatus } })).toBe(
    verdict,
  );
});
