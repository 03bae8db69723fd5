// A server whose one tool takes as long as it is told to, and says how far it is when it is told to.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { healthy, Message } from "../../workers/testing/faults/protocol.ts";

const tools = [
  {
    name: "write_report",
    title: "Write report",
    description: "Writes a report, page by page",
    inputSchema: {
      type: "object",
      properties: { year: { type: "integer", description: "Of which year" } },
      required: ["year"],
    },
  },
];

/** A call that waits for the test. */
export type ReportCall = {
  year: number;
  progress: (pages: number, total: number) => void;
  end: (said: string) => void;
  fail: (said: string) => void;
};

export async function startReportServer() {
  const calls: ReportCall[] = [];
  let cancelled = 0;
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      if (sent === "") return response.writeHead(405).end();
      const message = Message.parse(JSON.parse(sent));
      if (message.method === "notifications/cancelled") cancelled += 1;
      if (message.method === "tools/call") return void calls.push(begin(message, response));
      const { status, headers, body } = healthy(message, "2025");
      if (message.method === "tools/list" && "result" in body)
        Object.assign(body.result, { tools });
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
    calls,
    cancelled: () => cancelled,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function begin({ id, params }: Message, response: ServerResponse): ReportCall {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  const send = (message: object) =>
    response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", ...message })}\n\n`);
  const { arguments: args, _meta: meta } = params as {
    arguments: { year: number };
    _meta?: { progressToken?: string | number };
  };
  const answer = (said: string, isError: boolean) => {
    send({ id, result: { content: [{ type: "text", text: said }], isError } });
    response.end();
  };
  return {
    year: args.year,
    progress: (progress, total) =>
      send({
        method: "notifications/progress",
        params: {
          progressToken: meta?.progressToken,
          progress,
          total,
          message: `Page ${progress}`,
        },
      }),
    end: (said) => answer(said, false),
    fail: (said) => answer(said, true),
  };
}
