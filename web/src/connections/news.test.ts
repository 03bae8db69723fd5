import { expect, it } from "vitest";
import type { Connection } from "../../../shared/contracts/connections";
import type { Execution } from "../../../shared/contracts/executions";
import type { LiveMessage } from "../../../shared/contracts/live";
import { tellsNews } from "./news";

const ended = (execution: Partial<Execution>, type: "finished" | "progress" = "finished") =>
  ({
    type: "event",
    seq: 1,
    event: { seq: 1, executionId: "exe_1", at: 1, type, data: {} },
    execution: { connectionId: "con_1", status: "succeeded", error: null, ...execution },
  }) as LiveMessage;
const failed = { status: "failed", error: { code: "upstream_unreachable", message: "" } } as const;

it.each<[string, LiveMessage, Connection["status"] | undefined, boolean]>([
  ["a call that reaches a server known to fail", ended({}), "error", true],
  ["a call that fails to reach its server", ended(failed), "connected", true],
  ["one more failure", ended(failed), "error", false],
  ["one more success", ended({}), "connected", false],
  [
    "a server that refuses",
    ended({ status: "failed", error: { code: "upstream_unauthorized", message: "" } }),
    "connected",
    false,
  ],
  ["a tool's own error", ended({ status: "failed" }), "connected", false],
  ["a call still running", ended(failed, "progress"), "connected", false],
  ["a connection that is not shown", ended(failed), undefined, false],
  ["a gap in the stream", { type: "reset", seq: 9 }, undefined, true],
  [
    "a connection that stands otherwise",
    { type: "connection", connectionId: "con_1" },
    undefined,
    true,
  ],
  ["a greeting", { type: "hello", seq: 9 }, undefined, false],
])("%s", (_, message, status, news) => expect(tellsNews(message, () => status)).toBe(news));
