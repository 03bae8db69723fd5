// A fast, stateless MCP server on raw node:http, so that what is measured is the gateway before it. It speaks one era.
//   node bench/upstream.ts --era legacy|modern [--port 0]
// `/mcp` has the tools `echo` and `big_result`; `/tools/<n>` has n tools.
import { createServer, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";

const legacyVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];
const modernVersion = "2026-07-28";
const serverInfo = { name: "bench", version: "1.0.0" };

const { values } = parseArgs({
  options: { era: { type: "string", default: "legacy" }, port: { type: "string", default: "0" } },
});
const modern = values.era === "modern";

type Message = { id?: unknown; method?: string; params?: Params };
type Params = {
  name?: string;
  arguments?: { text?: unknown; kb?: unknown };
  protocolVersion?: string;
};

const schema = (properties: object, required: string[]) => ({
  type: "object",
  properties,
  required,
});
const tools = [
  {
    name: "echo",
    description: "Returns the text it is given.",
    inputSchema: schema({ text: { type: "string" } }, ["text"]),
  },
  {
    name: "big_result",
    description: "Returns a text of so many KiB.",
    inputSchema: schema({ kb: { type: "integer", minimum: 0, maximum: 4096 } }, ["kb"]),
  },
];

/** About 600 bytes, as entries of real catalogues are. */
function filler(index: number): object {
  return {
    name: `list_records_${index}`,
    description:
      `Lists the records of workspace ${index % 7} that match a filter, newest first, and returns ` +
      "at most `limit` of them together with a cursor for the next page. Needs no permission of its own.",
    inputSchema: schema(
      {
        filter: { type: "string", description: "What a record has to contain." },
        limit: { type: "integer", minimum: 1, maximum: 100, description: "How many records." },
        cursor: { type: "string", description: "Where to go on from." },
        order: { type: "string", enum: ["asc", "desc"] },
      },
      ["filter"],
    ),
    annotations: { readOnlyHint: true },
  };
}

const wrapped = (result: object) =>
  JSON.stringify(
    modern
      ? {
          ...result,
          resultType: "complete",
          _meta: { "io.modelcontextprotocol/serverInfo": serverInfo },
        }
      : result,
  );

const lists = new Map<number, string>();

function listOf(count: number): string {
  const known = lists.get(count);
  if (known !== undefined) return known;
  const all =
    count === 0
      ? tools
      : [
          ...tools,
          ...Array.from({ length: Math.max(0, count - tools.length) }, (_, i) => filler(i)),
        ];
  const text = wrapped({
    tools: all,
    ...(modern ? { ttlMs: 10_000, cacheScope: "private" } : {}),
  });
  lists.set(count, text);
  return text;
}

const big = new Map<number, string>();

function bigResult(kb: number): string {
  const known = big.get(kb);
  if (known !== undefined) return known;
  const text = wrapped({ content: [{ type: "text", text: "x".repeat(kb * 1024) }] });
  big.set(kb, text);
  return text;
}

/** A result as JSON text; undefined for what this server does not know. */
function resultOf({ method, params }: Message, count: number): string | undefined {
  switch (method ?? "") {
    case "tools/call":
      if (params?.name === "echo")
        return wrapped({ content: [{ type: "text", text: String(params.arguments?.text) }] });
      if (params?.name === "big_result") return bigResult(Number(params.arguments?.kb));
      return wrapped({ content: [{ type: "text", text: "ok" }] });
    case "tools/list":
      return listOf(count);
    case "initialize": {
      if (modern) return undefined;
      const asked = params?.protocolVersion ?? "";
      const protocolVersion = legacyVersions.includes(asked) ? asked : legacyVersions[0];
      return wrapped({ protocolVersion, capabilities: { tools: {} }, serverInfo });
    }
    case "server/discover":
      if (!modern) return undefined;
      return wrapped({
        supportedVersions: [modernVersion],
        capabilities: { tools: {} },
        ttlMs: 10_000,
        cacheScope: "private",
      });
    case "ping":
      return "{}";
    default:
      return undefined;
  }
}

function answer(body: string, count: number, response: ServerResponse): void {
  const send = (status: number, text: string) => {
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  };
  const message = JSON.parse(body) as Message;
  if (message.id === undefined) return send(202, "");
  const id = JSON.stringify(message.id);
  const result = resultOf(message, count);
  if (result !== undefined) return send(200, `{"jsonrpc":"2.0","id":${id},"result":${result}}`);
  send(
    modern ? 404 : 200,
    `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"Method not found"}}`,
  );
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  if (request.method !== "POST") {
    response.writeHead(405, { allow: "POST", "content-length": 0 });
    response.end();
    return;
  }
  const count = Number(/^\/tools\/(\d+)$/.exec(request.url ?? "")?.[1] ?? 0);
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (body += chunk));
  request.on("end", () => answer(body, count, response));
});
server.listen(Number(values.port), "127.0.0.1", 1024, () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  console.log(`Upstream ready: http://127.0.0.1:${port}`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 500).unref();
