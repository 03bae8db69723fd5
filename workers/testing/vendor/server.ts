import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { mkdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { json, type Reply } from "./exchange.ts";
import type { PartialQuirks } from "./quirks.ts";
import { startStrictProvider } from "./strict-provider.ts";
import { createVendor, type Vendor } from "./vendor.ts";

/** The header that says which host a request was meant for, where a test turned the network to this machine. */
const hostHeader = "x-vendor-host";

/**
 * Serves any number of vendors on 127.0.0.1, each below `/<id>/`; an id nobody configured is a well-behaved vendor.
 *
 * POST /control/<id> configures one anew and forgets what it gave; PATCH changes sections and forgets nothing.
 * GET /control/<id>/log lists what it was asked. POST /control/<id>/expire ends all access tokens, /revoke all grants,
 * /device?code=<user code>&decision=grant|denied answers a device code. POST /strict-provider starts the independent
 * authorization server, once, and says where. POST /report/<name> keeps what a suite found as .build/<name>.md.
 */
export async function startVendor(port = 0): Promise<{ url: string; close: () => Promise<void> }> {
  let strict: ReturnType<typeof startStrictProvider> | undefined;
  const vendors = new Map<string, { vendor: Vendor; told: PartialQuirks }>();
  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      console.error(error);
      res.destroy();
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function find(id: string) {
    let known = vendors.get(id);
    if (!known) vendors.set(id, (known = { vendor: createVendor(), told: {} }));
    return known;
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const asked = new URL(req.url ?? "/", url);
    const body = await text(req);
    const [, first = "", second = "", third] = asked.pathname.split("/");
    if (first === "strict-provider") {
      strict ??= startStrictProvider();
      return send(res, json({ url: (await strict).url }), () => {});
    }
    if (first === "report" && /^[a-z-]+$/.test(second)) {
      mkdirSync(".build", { recursive: true });
      writeFileSync(`.build/${second}.md`, body);
      return send(res, json({}), () => {});
    }
    if (first === "control")
      return send(res, control(second, { req, asked, body, action: third }), () => {});
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
    );
    const reply = await find(first).vendor.answer({
      method: req.method ?? "GET",
      host: headers[hostHeader] ?? null,
      path: asked.pathname.slice(first.length + 1) || "/",
      query: asked.searchParams,
      headers,
      body,
    });
    send(res, reply, () => req.socket.destroy());
  }

  function control(
    id: string,
    given: { req: IncomingMessage; asked: URL; body: string; action: string | undefined },
  ): Reply {
    const { req, asked, body, action } = given;
    const known = find(id);
    switch (`${req.method} ${action ?? ""}`) {
      case "POST ": {
        const told = JSON.parse(body) as PartialQuirks;
        vendors.set(id, { vendor: createVendor(told), told });
        return json({ url: `${url}/${id}` });
      }
      case "PATCH ": {
        known.told = merge(known.told, JSON.parse(body) as PartialQuirks);
        known.vendor.quirks = createVendor(known.told).quirks;
        return json({ url: `${url}/${id}` });
      }
      case "GET log":
        return json(known.vendor.log);
      case "POST expire":
        known.vendor.grants.expireAccess();
        return json({});
      case "POST revoke":
        known.vendor.grants.revokeAll();
        return json({});
      case "POST device": {
        for (const device of known.vendor.grants.devices.values())
          if (device.userCode === asked.searchParams.get("code"))
            device.decision = asked.searchParams.get("decision") === "grant" ? "grant" : "denied";
        return json({});
      }
      default:
        return json({ error: "not_found" }, 404);
    }
  }

  return {
    url,
    close: async () => {
      await (await strict)?.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function merge(before: PartialQuirks, change: PartialQuirks): PartialQuirks {
  const merged: Record<string, unknown> = { ...before };
  for (const [section, value] of Object.entries(change)) {
    // How it misbehaves is told whole: what is not told any more has ended.
    const whole = section === "misbehave" || value === null || Array.isArray(value);
    merged[section] = whole ? value : Object.assign({}, merged[section], value);
  }
  return merged;
}

function send(res: ServerResponse, { status, headers = {}, body, wire }: Reply, cut: () => void) {
  switch (wire) {
    case "lost":
      return cut();
    case "hang":
      return;
    case "hang-in-body":
      res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) + 100 });
      res.write(body.slice(0, 5));
      return;
    case "truncated":
      res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) + 100 });
      res.write(body, () => setTimeout(cut, 5));
      return;
    case "huge":
      res.writeHead(status, headers);
      res.flushHeaders();
      res.end(body);
      return;
    case undefined:
      res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
      res.end(body);
  }
}
