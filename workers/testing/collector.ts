// A collector of traces: it takes OTLP/HTTP in JSON as a real one does, and tells what it was sent.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Sent = { at: string; headers: Record<string, unknown>; body: string };

/**
 * POST `<url>/<name>/v1/traces` is taken down for that name, GET `<url>/<name>` tells all that came. A body that is not
 * JSON is refused, and so is everything for the name `broken`.
 */
export async function startCollector() {
  const sent = new Map<string, Sent[]>();
  const server = createServer((request, response) => {
    const [, name = "", ...rest] = (request.url ?? "").split("/");
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET") return answer(200, sent.get(name) ?? []);
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => (body += piece));
    request.on("end", () => {
      sent.set(name, [
        ...(sent.get(name) ?? []),
        { at: rest.join("/"), headers: request.headers, body },
      ]);
      if (name === "broken") return answer(500, {});
      try {
        JSON.parse(body);
        answer(200, { partialSuccess: {} });
      } catch {
        answer(400, {});
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was sent under a name. */
    sent: (name: string): readonly Sent[] => sent.get(name) ?? [],
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}
