import { HubError } from "../platform/errors";
import type { Executed } from "./plan";

/**
 * A CallResult as JSON text: the server's result is text already and is not parsed and written a second time. Throws
 * `upstream_error` where the server answered with an error of its own.
 */
export function callResultText({ execution, outcome, cached }: Executed): string {
  if (outcome.kind === "result") {
    const kept = cached === undefined ? "" : `"cached":${JSON.stringify(cached)},`;
    return `{"execution":${JSON.stringify(execution)},${kept}"result":${outcome.text}}`;
  }
  const { code, message } = outcome.error;
  throw new HubError(
    "upstream_error",
    `The server answered with the JSON-RPC error ${code}. What it said stands in details.upstream.`,
    {
      details: { executionId: execution.id, upstream: { code, message: message.slice(0, 500) } },
    },
  );
}
