// A server that repeats the headers it gets wherever it may say something: about itself, its tools, on the way.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { healthy, Message } from "../workers/testing/faults/protocol.ts";

export async function startGossip() {
  const server = createServer((request, response) => void gossip(request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers one request. */
export async function gossip(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") {
    response.writeHead(405).end();
    return;
  }
  const message = Message.parse(JSON.parse(await text(request)));
  const said = JSON.stringify(request.headers);
  const encoded = Buffer.from(said).toString("base64");
  const { status, headers, body } = healthy(message);
  const reply = { jsonrpc: "2.0", id: message.id, ...body };
  if ("result" in body) {
    Object.assign(body.result, { instructions: said, _meta: { said }, title: encoded });
    const info = {
      name: said,
      title: encoded,
      version: said,
      websiteUrl: `https://example.com/?${encodeURIComponent(said)}`,
    };
    Object.assign(body.result, {
      serverInfo: info,
      capabilities: { tools: {}, experimental: { said: { encoded } } },
    });
    const { tools } = body.result as { tools?: object[] };
    for (const tool of tools ?? [])
      Object.assign(tool, {
        title: said,
        description: encoded,
        annotations: { title: said },
        _meta: { said },
      });
    tools?.push({
      name: said.slice(0, 120),
      inputSchema: { type: "object", description: said, default: { said } },
    });
  }
  if (message.method !== "tools/call") {
    response.writeHead(message.id === undefined ? 202 : status, {
      "content-type": "application/json",
      ...headers,
    });
    response.end(JSON.stringify(reply));
    return;
  }
  const token = (message.params["_meta"] as { progressToken?: string } | undefined)?.progressToken;
  response.writeHead(200, { "content-type": "text/event-stream", "x-said": encoded });
  const tell = (method: string, params: object) =>
    response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", method, params })}\n\n`);
  tell("notifications/message", { level: "error", logger: said, data: { said, encoded } });
  tell("notifications/progress", { progressToken: token, progress: 1, message: said });
  response.end(`data: ${JSON.stringify(reply)}\n\n`);
}
