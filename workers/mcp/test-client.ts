// For tests: JSON-RPC to `/mcp` as a client of either era sends it.
import { MODERN_VERSION, metaKey, nameHeaderValue, type Era, type JsonObject } from "../connectors";

type Answer = { status: number; headers: Headers; text: string };
type Asking = {
  ask: (
    path: string,
    init: { body?: unknown; headers?: Record<string, string>; env?: Partial<Env> },
  ) => Promise<Answer>;
};

// Tests look into answers of many shapes.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;
export type Reply = {
  status: number;
  headers: Headers;
  text: string;
  id: Loose;
  result: Loose;
  error: Loose;
  /** The notifications before the answer, when it came as a stream. */
  notes: Loose[];
};

export type ClientOptions = {
  era?: Era;
  path?: string;
  capabilities?: JsonObject;
  accept?: string;
  headers?: Record<string, string>;
  env?: Partial<Env>;
};

export type TestClient = (
  method: string,
  params?: JsonObject,
  options?: ClientOptions,
) => Promise<Reply>;

let lastId = 0;

export function mcpClient(team: Asking, defaults: ClientOptions = {}): TestClient {
  return async (method, params = {}, options = {}) => {
    const {
      era = "modern",
      path = "/mcp",
      capabilities,
      accept,
      headers,
      env,
    } = { ...defaults, ...options };
    lastId += 1;
    const message = request(lastId, { era, method, params, capabilities: capabilities ?? {} });
    const answer = await team.ask(path, {
      body: message.body,
      headers: {
        ...message.headers,
        accept: accept ?? "application/json, text/event-stream",
        ...headers,
      },
      ...(env === undefined ? {} : { env }),
    });
    return readAnswer(answer);
  };
}

export function request(
  id: string | number,
  asked: { era: Era; method: string; params: JsonObject; capabilities?: JsonObject },
): { body: JsonObject; headers: Record<string, string> } {
  const { era, method, params, capabilities = {} } = asked;
  if (era === "legacy") {
    const headers: Record<string, string> =
      method === "initialize" ? {} : { "mcp-protocol-version": "2025-11-25" };
    return { body: { jsonrpc: "2.0", id, method, params }, headers };
  }
  const _meta = {
    [metaKey.protocolVersion]: MODERN_VERSION,
    [metaKey.clientCapabilities]: capabilities,
    [metaKey.clientInfo]: { name: "test", version: "1" },
    ...(params["_meta"] as JsonObject | undefined),
  };
  const name = nameHeaderValue(method, params);
  return {
    body: { jsonrpc: "2.0", id, method, params: { ...params, _meta } },
    headers: {
      "mcp-protocol-version": MODERN_VERSION,
      "mcp-method": method,
      ...(name === undefined ? {} : { "mcp-name": plainOrBase64(name) }),
    },
  };
}

function plainOrBase64(value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  return `=?base64?${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}?=`;
}

function readAnswer({ status, headers, text }: Answer): Reply {
  const messages =
    text.startsWith("event:") || text.startsWith(":") ? readEvents(text) : [parse(text)];
  const last = messages.at(-1);
  return {
    status,
    headers,
    text,
    id: last?.id,
    result: last?.result,
    error: last?.error,
    notes: messages.slice(0, -1),
  };
}

export function readEvents(text: string): Loose[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => parse(line.slice(6)));
}

function parse(text: string): Loose {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
