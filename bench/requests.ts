// The requests of the benchmark as they go over the wire, and what a right answer looks like.
import type { Target } from "./load.ts";

export type Face = Pick<Target, "request" | "fault">;
type Arguments = (k: number) => Record<string, unknown>;
type Judge = (text: unknown, k: number) => boolean;
type Endpoint = { port: number; path: string; headers?: Record<string, string> };

const modernVersion = "2026-07-28";
const clientInfo = { name: "bench", version: "1.0.0" };

function post({ port, path, headers = {} }: Endpoint): (body: string) => string {
  const fields = {
    host: `127.0.0.1:${port}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const head = `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\ncontent-length: `;
  return (body) => `${head}${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const bearer = (apiKey: string | undefined): Record<string, string> =>
  apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };

type Content = { content?: { text?: unknown }[]; isError?: boolean };
type Reply = { id?: unknown; result?: Content & { content?: unknown } };

function faultOf(k: number, judge: Judge, parts: { status: number; body: Buffer; id?: unknown }) {
  if (parts.status !== 200) return `HTTP ${parts.status}: ${parts.body.toString().slice(0, 300)}`;
  const { id, result } = JSON.parse(parts.body.toString()) as Reply;
  if (parts.id !== undefined && id !== parts.id) return `answered ${JSON.stringify(id)}`;
  const [first] = (result?.content ?? []) as { text?: unknown }[];
  return judge(first?.text, k) ? undefined : `wrong answer: ${parts.body.toString().slice(0, 300)}`;
}

type CallFace = Endpoint & {
  apiKey?: string;
  tool: string;
  arguments: Arguments;
  right: Judge;
};

/** `tools/call` as clients of 2025 send it. */
export function legacyCall(face: CallFace): Face {
  const wrap = post({
    ...face,
    headers: { ...bearer(face.apiKey), "mcp-protocol-version": "2025-11-25" },
  });
  return {
    request: (k) =>
      wrap(
        JSON.stringify({
          jsonrpc: "2.0",
          id: k,
          method: "tools/call",
          params: { name: face.tool, arguments: face.arguments(k) },
        }),
      ),
    fault: (answer, k) => faultOf(k, face.right, { ...answer, id: k }),
  };
}

/** `tools/call` as 2026-07-28 has it: with its envelope, and the headers that repeat it. */
export function modernCall(face: CallFace): Face {
  const wrap = post({
    ...face,
    headers: {
      ...bearer(face.apiKey),
      "mcp-protocol-version": modernVersion,
      "mcp-method": "tools/call",
      "mcp-name": face.tool,
    },
  });
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": modernVersion,
    "io.modelcontextprotocol/clientInfo": clientInfo,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return {
    request: (k) =>
      wrap(
        JSON.stringify({
          jsonrpc: "2.0",
          id: k,
          method: "tools/call",
          params: { name: face.tool, arguments: face.arguments(k), _meta },
        }),
      ),
    fault: (answer, k) => faultOf(k, face.right, { ...answer, id: k }),
  };
}

/** `POST /api/v1/tools/{id}/call`. */
export function restCall(face: Omit<CallFace, "path" | "tool"> & { toolId: string }): Face {
  const wrap = post({
    port: face.port,
    path: `/api/v1/tools/${face.toolId}/call`,
    headers: bearer(face.apiKey),
  });
  return {
    request: (k) => wrap(JSON.stringify({ arguments: face.arguments(k) })),
    fault: (answer, k) => faultOf(k, face.right, answer),
  };
}

/** `tools/list` of 2025; after the first answer, of which every tool is counted, the length has to stay. */
export function listTools(face: Endpoint & { apiKey?: string; count: number }): Face {
  const wrap = post({
    ...face,
    headers: { ...bearer(face.apiKey), "mcp-protocol-version": "2025-11-25" },
  });
  let length: number | undefined;
  return {
    request: () => wrap('{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'),
    fault: ({ status, body }) => {
      if (length === body.length) return undefined;
      if (status !== 200) return `HTTP ${status}: ${body.toString().slice(0, 300)}`;
      const { result } = JSON.parse(body.toString()) as { result?: { tools?: unknown[] } };
      if (result?.tools?.length !== face.count)
        return `${result?.tools?.length} tools instead of ${face.count}`;
      length = body.length;
      return undefined;
    },
  };
}

export const echo = {
  arguments: (k: number) => ({ text: `hello-${k}` }),
  right: (text: unknown, k: number) => text === `hello-${k}`,
};

export const bigResult = (kb: number) => ({
  arguments: () => ({ kb }),
  right: (text: unknown) => typeof text === "string" && text.length === kb * 1024,
});
