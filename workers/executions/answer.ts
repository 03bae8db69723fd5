import { rpcCode, type JsonObject, type RpcReply } from "../connectors";
import { HubError } from "../platform/errors";

/** The server asks, or refuses because its caller said that it can answer nothing. */
export function asksForInput(reply: RpcReply): boolean {
  if ("error" in reply) return reply.error.code === rpcCode.missingClientCapability;
  return reply.result["resultType"] === "input_required";
}

/** Who calls over REST, or has a job, cannot answer: the call ends here instead of waiting for nobody. */
export function needsInput(): HubError {
  return new HubError(
    "tool_needs_input",
    "This tool asks its caller for input while it runs. Call it through /mcp with a client that can answer.",
  );
}

/** A result of a shape that no client could read is the server's fault, not the client's problem. */
export function requireUsable(method: string, result: JsonObject): JsonObject {
  const type = result["resultType"] ?? "complete";
  if (type !== "complete" && type !== "input_required")
    throw new HubError(
      "upstream_invalid",
      "The server answered with a kind of result the hub does not know.",
    );
  if (method !== "tools/call" || type === "input_required" || Array.isArray(result["content"]))
    return result;
  if (result["structuredContent"] === undefined)
    throw new HubError(
      "upstream_invalid",
      "The server answered with a tool result that has no content.",
    );
  // Older clients read only the text.
  return {
    ...result,
    content: [{ type: "text", text: JSON.stringify(result["structuredContent"]) }],
  };
}
