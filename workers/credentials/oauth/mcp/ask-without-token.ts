import { readChallenge, type BearerChallenge } from "../../../platform/bearer-challenge";
import { guardedFetch, type OutboundPolicy } from "../../../platform/outbound";
import { metaKey, MODERN_VERSION, NEWEST_LEGACY_VERSION } from "../../../../shared/mcp/protocol";
import { hubVersion } from "../../../../shared/version";

/** What a server answered to callers without a token. */
export type Asked = {
  challenge: BearerChallenge | undefined;
  /** Whether it refused anything for want of a token. */
  refused: boolean;
};

/**
 * Asks a server without a token, until it refuses: as a 2026-07-28 client, as an older one, for its tools (some take
 * anybody's handshake and refuse what follows), and for the event stream of 2024. Some name their metadata only in what
 * they answer to a POST.
 */
export async function askWithoutToken(policy: OutboundPolicy, url: string): Promise<Asked> {
  let session: Record<string, string> = {};
  const steps: (() => Ask)[] = [
    () => post("server/discover", modernParams, modernHeaders("server/discover")),
    () => post("initialize", initializeParams, {}),
    () => post("tools/list", {}, { "mcp-protocol-version": NEWEST_LEGACY_VERSION, ...session }),
    () => ({ method: "GET", headers: { accept: "text/event-stream" }, body: null }),
  ];
  for (const step of steps) {
    const { method, headers, body } = step();
    const response = await guardedFetch(policy, url, {
      method,
      headers,
      body,
      timeoutMs: 10_000,
    });
    await response.body?.cancel();
    const challenge = await readChallenge(response.headers);
    if (response.status === 401 || (response.status === 403 && challenge))
      return { challenge, refused: true };
    const id = response.headers.get("mcp-session-id");
    if (id !== null) session = { "mcp-session-id": id };
  }
  return { challenge: undefined, refused: false };
}

type Ask = { method: "GET" | "POST"; headers: Record<string, string>; body: string | null };

const clientInfo = { name: "plugboard", title: "Plugboard", version: hubVersion };
const initializeParams = {
  protocolVersion: NEWEST_LEGACY_VERSION,
  capabilities: {},
  clientInfo,
};
const modernParams = {
  _meta: {
    [metaKey.protocolVersion]: MODERN_VERSION,
    [metaKey.clientCapabilities]: {},
    [metaKey.clientInfo]: clientInfo,
  },
};
const modernHeaders = (method: string) => ({
  "mcp-protocol-version": MODERN_VERSION,
  "mcp-method": method,
});

const post = (method: string, params: object, headers: Record<string, string>): Ask => ({
  method: "POST",
  headers: {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...headers,
  },
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
});
