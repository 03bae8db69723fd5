// A server that keeps the protocol and no measure: errors, schemas and results of every size.
import type { Message } from "../../workers/testing/faults/protocol.ts";
import { startMcpServer, type Usual } from "./mcp-server.ts";

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

export const startUnrulyServer = () => startMcpServer(answer);

function answer(message: Message, usual: Usual): Usual {
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
