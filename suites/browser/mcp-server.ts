// A server that answers as one in health does, but where its test wants something else.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { healthy, Message } from "../../workers/testing/faults/protocol.ts";

export type Usual = ReturnType<typeof healthy>;

/** `answer` is given the usual answer and gives another, or none where it answers for itself. */
export async function startMcpServer(
  answer: (message: Message, usual: Usual, response: ServerResponse) => Usual | undefined,
): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      if (sent === "") return response.writeHead(405).end();
      const message = Message.parse(JSON.parse(sent));
      const answered = answer(message, healthy(message, "2025"), response);
      if (!answered) return undefined;
      const { status, headers, body } = answered;
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
