// A server that keeps the protocol and no measure: errors, schemas and results of every size.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { healthy, Message } from "../../workers/testing/faults/protocol.ts";

const kilobytes = (count: number) =>
  "All work and no play. ".repeat(50).slice(0, 1024).repeat(count);
const string = { type: "string" };

const tools = [
  { name: "long_refusal", inputSchema: { type: "object" } },
  { name: "long_error", inputSchema: { type: "object" } },
  { name: "long_result", inputSchema: { type: "object" } },
  {
    name: "cyclic",
    inputSchema: {
      type: "object",
      properties: { tree: { $ref: "#/$defs/node" }, self: { $ref: "#/properties/self" } },
      $defs: {
        node: {
          type: "object",
          properties: {
            name: string,
            parent: { $ref: "#/$defs/node" },
            children: { type: "array", items: { $ref: "#/$defs/node" } },
          },
        },
      },
    },
  },
  {
    name: "loose",
    inputSchema: {
      type: "object",
      properties: {
        anything: { description: "Any value" },
        choice: { enum: Array.from({ length: 60 }, (_, n) => `option ${n}`) },
      },
      required: ["anything", "choice"],
    },
  },
  {
    name: "wide",
    inputSchema: {
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 1000 }, (_, n) => [
          `field_${n}`,
          { ...string, description: `What stands in field ${n}` },
        ]),
      ),
      required: ["field_999"],
    },
  },
];

export async function startUnrulyServer() {
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      if (sent === "") return response.writeHead(405).end();
      const message = Message.parse(JSON.parse(sent));
      const { status, headers, body } = answer(message);
      response.writeHead(message.id === undefined ? 202 : status, {
        "content-type": "application/json",
        ...headers,
      });
      return response.end(JSON.stringify({ jsonrpc: "2.0", id: message.id, ...body }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(message: Message): ReturnType<typeof healthy> {
  const usual = healthy(message, "2025");
  if (message.method === "tools/list") return { ...usual, body: { result: { tools } } };
  if (message.method !== "tools/call") return usual;
  const says = (kb: number) => [{ type: "text", text: kilobytes(kb) }];
  switch (message.params["name"]) {
    case "long_refusal":
      return { ...usual, body: { error: { code: -32000, message: kilobytes(100) } } };
    case "long_error":
      return { ...usual, body: { result: { isError: true, content: says(100) } } };
    case "long_result":
      return { ...usual, body: { result: { content: says(10 * 1024) } } };
    default:
      return usual;
  }
}
