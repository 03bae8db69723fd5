import type { Icon } from "../../../shared/contracts/icons";
import { HubError } from "../../platform/errors";
import { notifyOverHttp, requestOverHttp, type HttpSession, type Wire } from "./http";
import { HttpRefusal } from "./refusals";
import { isObject, type JsonObject } from "../../../shared/json";
import {
  LEGACY_VERSIONS,
  MODERN_VERSION,
  NEWEST_LEGACY_VERSION,
  rpcCode,
  type Era,
  type RpcReply,
} from "../../../shared/mcp/protocol";
import { hubInfo, modernMeta } from "./caller";
import { iconsOf } from "./icons";
import { openSse } from "./sse";

/** What must be remembered of a server to speak to it again without asking first. */
export type KnownServer = {
  era: Era;
  transport: "http" | "sse";
  protocolVersion: string;
  /** A legacy server that hands out session ids: a request without one would be refused. */
  keepsSessions: boolean;
};

export type Discovered = {
  known: KnownServer;
  info: {
    name: string;
    title: string | null;
    version: string | null;
    icons: Icon[];
    websiteUrl: string | null;
  };
  instructions: string | null;
  capabilities: JsonObject;
  sessionId: string | null;
  ask: (method: string, params: JsonObject) => Promise<RpcReply>;
  close: () => Promise<void>;
};

/**
 * Finds out which revision and transport a server speaks: a 2026-07-28 `server/discover` first, then `initialize`,
 * then the HTTP+SSE transport of 2024-11-05. Throws `upstream_*`.
 */
export async function discover(
  wire: Wire,
  transport: "auto" | "http" | "sse",
  signal: AbortSignal,
): Promise<Discovered> {
  if (transport === "sse") return discoverOverSse(wire, signal);
  const modern = await tryModern(wire, signal);
  if (modern.ok) return modern.server;
  try {
    return await discoverLegacy(wire, signal);
  } catch (error) {
    // It knows no `initialize`: what went wrong before is what is wrong with it.
    if (error instanceof SessionRefused && modern.fault) throw modern.fault;
    if (transport === "auto" && mayBeSse(error)) {
      return discoverOverSse(wire, signal).catch(() => {
        throw error;
      });
    }
    throw error;
  }
}

function mayBeSse(error: unknown): boolean {
  return (
    error instanceof HttpRefusal &&
    error.code !== "upstream_unauthorized" &&
    error.status >= 400 &&
    error.status < 500
  );
}

/** A server that answers `initialize` with a JSON-RPC error. */
class SessionRefused extends HubError {
  constructor(upstreamCode: number) {
    super(
      "upstream_error",
      "The server refused to open a session. It may speak no protocol revision the hub knows.",
      {
        details: { upstreamCode },
      },
    );
  }
}

/** Without a fault where the server only shows that it is an older one. */
type Tried = { ok: true; server: Discovered } | { ok: false; fault?: HubError };

async function tryModern(wire: Wire, signal: AbortSignal): Promise<Tried> {
  const ask = (method: string, params: JsonObject) =>
    requestOverHttp(wire, { era: "modern" }, { method, params: modernMeta(params), signal });
  let reply: RpcReply;
  try {
    reply = await ask("server/discover", {});
    // It names the revision it was asked in as one it knows: it is taken at its word, once.
    if (knowsModern(reply)) reply = await ask("server/discover", {});
  } catch (error) {
    if (error instanceof HttpRefusal && error.code !== "upstream_unauthorized")
      return { ok: false, fault: error };
    if (error instanceof HubError && error.code === "upstream_invalid")
      return { ok: false, fault: error };
    throw error;
  }
  if ("error" in reply) return { ok: false };
  const { supportedVersions, capabilities, instructions } = reply.result;
  if (!Array.isArray(supportedVersions) || !supportedVersions.includes(MODERN_VERSION))
    return { ok: false, fault: unknownRevision() };
  const meta = isObject(reply.result["_meta"]) ? reply.result["_meta"] : {};
  const server: Discovered = {
    known: {
      era: "modern",
      transport: "http",
      protocolVersion: MODERN_VERSION,
      keepsSessions: false,
    },
    info: serverInfo(
      meta["io.modelcontextprotocol/serverInfo"] ?? reply.result["serverInfo"],
      wire.url,
    ),
    instructions: typeof instructions === "string" ? instructions : null,
    capabilities: isObject(capabilities) ? capabilities : {},
    sessionId: null,
    ask,
    close: async () => undefined,
  };
  return { ok: true, server };
}

function knowsModern(reply: RpcReply): boolean {
  if (!("error" in reply) || reply.error.code !== rpcCode.unsupportedVersion) return false;
  const { data } = reply.error;
  const supported = isObject(data) ? data["supported"] : undefined;
  return Array.isArray(supported) && supported.includes(MODERN_VERSION);
}

export const initializeParams: JsonObject = {
  protocolVersion: NEWEST_LEGACY_VERSION,
  capabilities: {},
  clientInfo: hubInfo,
};

/** Opens a 2025-era session, or finds that the server needs none (`sessionId` null). */
export async function openLegacySession(
  wire: Wire,
  signal: AbortSignal,
): Promise<{ session: HttpSession & { era: "legacy" }; opened: JsonObject }> {
  let sessionId: string | null = null;
  const listening: Wire = {
    ...wire,
    fetch: async (url, init) => {
      const response = await wire.fetch(url, init);
      sessionId = response.headers.get("mcp-session-id") ?? sessionId;
      return response;
    },
  };
  const reply = await requestOverHttp(
    listening,
    { era: "legacy", protocolVersion: NEWEST_LEGACY_VERSION, sessionId: null },
    { method: "initialize", params: initializeParams, signal },
  );
  if ("error" in reply) throw new SessionRefused(reply.error.code);
  const protocolVersion = negotiated(reply.result);
  const session = { era: "legacy", protocolVersion, sessionId } as const;
  await notifyOverHttp(wire, session, { method: "notifications/initialized", params: {}, signal });
  return { session, opened: reply.result };
}

async function discoverLegacy(wire: Wire, signal: AbortSignal): Promise<Discovered> {
  const { session, opened } = await openLegacySession(wire, signal);
  return {
    known: {
      era: "legacy",
      transport: "http",
      protocolVersion: session.protocolVersion,
      keepsSessions: session.sessionId !== null,
    },
    ...describe(opened, wire.url),
    sessionId: session.sessionId,
    ask: (method, params) => requestOverHttp(wire, session, { method, params, signal }),
    close: () => endLegacySession(wire, session),
  };
}

/** Tells the server that the session is over. Servers may refuse; they then forget it in their own time. */
export async function endLegacySession(wire: Wire, session: HttpSession): Promise<void> {
  if (session.era !== "legacy" || session.sessionId === null) return;
  try {
    const response = await wire.fetch(wire.url, {
      method: "DELETE",
      headers: {
        "mcp-session-id": session.sessionId,
        "mcp-protocol-version": session.protocolVersion,
      },
      body: null,
      signal: AbortSignal.timeout(2000),
    });
    await response.body?.cancel();
  } catch {
    // Nothing of ours depends on it.
  }
}

async function discoverOverSse(wire: Wire, signal: AbortSignal): Promise<Discovered> {
  const session = await openSse(wire, initializeParams, signal);
  let protocolVersion: string;
  try {
    protocolVersion = negotiated(session.opened);
  } catch (error) {
    await session.close();
    throw error;
  }
  return {
    known: { era: "legacy", transport: "sse", protocolVersion, keepsSessions: true },
    ...describe(session.opened, wire.url),
    sessionId: null,
    ask: (method, params) => session.request({ method, params }),
    close: () => session.close(),
  };
}

function describe(opened: JsonObject, url: string) {
  return {
    info: serverInfo(opened["serverInfo"], url),
    instructions: typeof opened["instructions"] === "string" ? opened["instructions"] : null,
    capabilities: isObject(opened["capabilities"]) ? opened["capabilities"] : {},
  };
}

function negotiated(opened: JsonObject): string {
  const version = opened["protocolVersion"];
  if (LEGACY_VERSIONS.some((known) => known === version)) return version as string;
  throw unknownRevision();
}

function unknownRevision(): HubError {
  return new HubError(
    "upstream_invalid",
    "The server speaks no protocol revision the hub knows. Update the server or the hub.",
    {
      details: { supported: [MODERN_VERSION, ...LEGACY_VERSIONS] },
    },
  );
}

function serverInfo(info: unknown, url: string): Discovered["info"] {
  const known = isObject(info) ? info : {};
  const text = (value: unknown) =>
    typeof value === "string" && value !== "" ? value.slice(0, 200) : null;
  return {
    name: text(known["name"]) ?? new URL(url).hostname,
    title: text(known["title"]),
    version: text(known["version"]),
    icons: iconsOf(known["icons"]),
    websiteUrl: httpsUrl(known["websiteUrl"]),
  };
}

function httpsUrl(said: unknown): string | null {
  if (typeof said !== "string" || said.length > 2048 || !URL.canParse(said)) return null;
  const { protocol, username, href } = new URL(said);
  return protocol === "https:" && username === "" ? href : null;
}
