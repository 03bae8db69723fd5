// A server whose one tool takes as long as it is told to, and says how far it is when it is told to.
import type { ServerResponse } from "node:http";
import type { Message } from "../../workers/testing/faults/protocol.ts";
import { startMcpServer } from "./mcp-server.ts";

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
  const server = await startMcpServer((message, usual, response) => {
    if (message.method === "notifications/cancelled") cancelled += 1;
    if (message.method === "tools/call") return void calls.push(begin(message, response));
    if (message.method === "tools/list" && "result" in usual.body)
      Object.assign(usual.body.result, { tools });
    return usual;
  });
  return { ...server, calls, cancelled: () => cancelled };
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
