import type { Permission } from "../../shared/roles";

/** A request of one method at `/mcp`, right in everything but who sends it. */
export type McpExample = {
  method: string;
  eras: readonly ("legacy" | "modern")[];
  /** Beside `tools.read`, which everything there needs. */
  permission?: Permission;
  params?: Record<string, unknown>;
  /** Fields of the params that name a thing, and what it is called at `/mcp`. */
  names?: Record<string, (of: McpNames) => string | Promise<string>>;
};
/** What a name is made of. */
export type McpNames = {
  slug: string;
  exposed: (name: string) => Promise<string>;
  requestState: string;
};

const both = ["legacy", "modern"] as const;
const opening = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "t", version: "1" },
};
const cursor = { cursor: ({ slug }: McpNames) => slug };
const uri = { uri: ({ slug }: McpNames) => `${slug}+test://static-text` };
const promptName = { name: ({ exposed }: McpNames) => exposed("test_simple_prompt") };

/** Every method the MCP endpoints know has a row here. */
export const mcpExamples: McpExample[] = [
  { method: "initialize", eras: ["legacy"], params: opening },
  { method: "ping", eras: ["legacy"] },
  { method: "logging/setLevel", eras: ["legacy"], params: { level: "info" } },
  { method: "server/discover", eras: ["modern"] },
  { method: "subscriptions/listen", eras: ["modern"], params: { notifications: {} } },
  { method: "tools/list", eras: both, names: cursor },
  { method: "prompts/list", eras: both, names: cursor },
  { method: "resources/list", eras: both, names: cursor },
  { method: "resources/templates/list", eras: both, names: cursor },
  { method: "resources/subscribe", eras: ["legacy"], names: uri },
  { method: "resources/unsubscribe", eras: ["legacy"], names: uri },
  {
    method: "tools/call",
    eras: both,
    permission: "tools.call",
    params: { name: "echo", arguments: { message: "hi" } },
    names: { name: ({ exposed }) => exposed("echo") },
  },
  {
    method: "tools/call",
    eras: ["modern"],
    permission: "tools.call",
    params: { name: "test_input_required_result_multi_round", arguments: {}, inputResponses: {} },
    names: { requestState: ({ requestState }) => requestState },
  },
  {
    method: "prompts/get",
    eras: both,
    permission: "tools.call",
    params: { name: "test_simple_prompt" },
    names: promptName,
  },
  {
    method: "resources/read",
    eras: both,
    permission: "tools.call",
    params: { uri: "test://static-text" },
    names: uri,
  },
  {
    method: "completion/complete",
    eras: both,
    permission: "tools.call",
    params: {
      ref: { type: "ref/prompt", name: "test_prompt_with_arguments" },
      argument: { name: "arg1", value: "p" },
    },
    names: { "ref.name": promptName.name },
  },
];
