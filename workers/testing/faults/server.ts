import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { behaviours } from "./behaviours.ts";
import { untrusted } from "./certificate.ts";
import { MIB, send, sendJson } from "./exchange.ts";
import { type FaultName, faults, isFaultName } from "./faults.ts";
import { type Era, healthy, Message, sides } from "./protocol.ts";
import { Seen } from "./seen.ts";

export interface Faults {
  port: number;
  /** Where a fault lives: /f/<name>/mcp on `port`, but for the few that need a port of their own. */
  url(name: FaultName): string;
  close(): Promise<void>;
}

// Idle connections outlive every pool, so that no reset happens but those asked for.
const patient = { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 600_000 };
const names = Object.keys(faults).filter(isFaultName);

/**
 * Serves every fault on 127.0.0.1, beside it GET /f/<name>/seen, POST /f/<name>/reset, POST /f/<name>/arm
 * (only connect_refused_on_call minds: its port closes until reset) and GET /faults, the table with URLs.
 *
 * POST /f/<name>/mend makes it healthy, POST /f/<name>/break faulty again. With `?id=` each of these, and what was
 * seen, is apart from the others'.
 *
 * Options in an MCP URL: `id`, `first` to misbehave in so many requests and then no more, `h-<header>` for a header of
 * every answer, `delay` ms before any answer, `side` to misbehave in another phase, `era` 2025 or
 * 2026 to speak that one alone, `every` ms between dripped bytes, `bytes` of a flood.
 */
export async function startFaults(port = 0): Promise<Faults> {
  const seen = new Map<string, Seen>();
  const mended = new Set<string>();
  const seenBy = (key: string) => {
    let known = seen.get(key);
    if (!known) seen.set(key, (known = new Seen()));
    return known;
  };

  const listener: RequestListener = (req, res) => {
    serve(req, res).catch((error: unknown) => {
      if (res.destroyed) return;
      console.error(error);
      res.destroy();
    });
  };
  const main = createServer(patient, listener);
  const trap = createServer(patient, listener);
  const tls = createTlsServer({ ...patient, ...untrusted() }, listener);
  await listen(main, port);
  await listen(trap, 0);
  await listen(tls, 0);
  const trapPort = portOf(trap);
  const origin = `http://127.0.0.1:${portOf(main)}`;
  const occupied = await occupy(portOf(main));

  const url = (name: FaultName) => `${bases[name] ?? origin}/f/${name}/mcp`;
  const bases: Partial<Record<FaultName, string>> = {
    connect_refused: `http://127.0.0.1:${occupied.localPort}`,
    connect_refused_on_call: `http://127.0.0.1:${trapPort}`,
    tls_plaintext: origin.replace("http", "https"),
    tls_untrusted: `https://127.0.0.1:${portOf(tls)}`,
  };

  async function serve(req: IncomingMessage, res: ServerResponse) {
    const { pathname, searchParams: options } = new URL(`${origin}${req.url ?? "/"}`);
    const [, root, name = "", action] = pathname.split("/");
    if (root === "faults") {
      const table = names.map((known) => [known, { ...faults[known], url: url(known) }]);
      return sendJson({ res }, Object.fromEntries(table));
    }
    if (root !== "f" || !isFaultName(name)) return send({ res }, "", { status: 404 });
    const id = options.get("id");
    const key = id === null ? name : `${name}/${id}`;
    switch (`${req.method} ${action}`) {
      case "POST mcp":
        return converse(name, { key, req, res, options });
      case "DELETE mcp":
        return send({ res }, "");
      case "GET mcp":
        return send({ res }, "", { status: 405, headers: { allow: "POST, DELETE" } });
      case "GET seen":
        return sendJson({ res }, seenBy(key));
      case "GET schema.json":
        seenBy(key).fetched++;
        return sendJson({ res }, { type: "string" });
      case "POST arm":
        if (name === "connect_refused_on_call") await shut(trap);
        return sendJson({ res }, {});
      case "POST reset":
        if (name === "connect_refused_on_call" && !trap.listening) await listen(trap, trapPort);
        seen.set(key, new Seen());
        return sendJson({ res }, {});
      case "POST mend":
        mended.add(key);
        return sendJson({ res }, {});
      case "POST break":
        mended.delete(key);
        return sendJson({ res }, {});
      default:
        return send({ res }, "", { status: 404 });
    }
  }

  async function converse(name: FaultName, { key, req, res, options }: Conversation) {
    const gone = watch(seenBy(key), { req, res });
    const message = await read(req);
    if (message === undefined) return send({ res }, "", { status: 400 });
    const side = sides[message.method];
    if (side) seenBy(key).note(side, message.params);
    for (const [option, value] of options)
      if (option.startsWith("h-")) res.setHeader(option.slice(2), value);
    const delay = Number(options.get("delay") ?? 0);
    if (delay > 0) await setTimeout(delay, undefined, { signal: gone });

    const { id } = message;
    if (id === undefined) return send({ res }, "", { status: 202 });
    const { status, headers, body } = healthy(message, eraOf(options));
    const first = Number(options.get("first") ?? Infinity);
    const misbehaves =
      side !== undefined &&
      side === (options.get("side") ?? faults[name].side) &&
      !mended.has(key) &&
      seenBy(key).countOf(side) <= first;
    if (!misbehaves || !("result" in body)) {
      return sendJson({ res }, { jsonrpc: "2.0", id, ...body }, { status, headers });
    }
    // Only what is written by way of writeHead carries them: a session begins even in an answer gone wrong.
    for (const [header, value] of Object.entries(headers)) res.setHeader(header, value);
    const answer = { jsonrpc: "2.0" as const, id, result: body.result };
    const { params } = message;
    await behaviours[name]({ name, side, req, res, origin, options, params, answer, gone });
  }

  return {
    port: portOf(main),
    url,
    close: async () => {
      occupied.destroy();
      await Promise.all([main, trap, tls].map(shut));
    },
  };
}

type Conversation = {
  key: string;
  req: IncomingMessage;
  res: ServerResponse;
  options: URLSearchParams;
};

function watch(seen: Seen, { req, res }: { req: IncomingMessage; res: ServerResponse }) {
  const gone = new AbortController();
  const { socket } = req;
  const before = socket.bytesWritten;
  seen.open++;
  res.once("close", () => {
    seen.open--;
    seen.bytes += socket.bytesWritten - before;
    if (!res.writableFinished) seen.hangups++;
    gone.abort();
  });
  return gone.signal;
}

async function read(req: IncomingMessage): Promise<Message | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of req) {
    size += piece.length;
    if (size <= 4 * MIB) pieces.push(piece);
  }
  if (size > 4 * MIB) return undefined;
  try {
    return Message.safeParse(JSON.parse(Buffer.concat(pieces).toString())).data;
  } catch {
    return undefined;
  }
}

function eraOf(options: URLSearchParams): Era | undefined {
  const era = options.get("era");
  return era === "2025" || era === "2026" ? era : undefined;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });

const shut = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A connection's own end is a port that stays taken, so that nobody comes to listen on it. */
const occupy = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
