import { connect } from "cloudflare:sockets";
import { HubError } from "../errors";
import { bareHost, judgeUrl } from "./judge-url";
import type { OutboundPolicy } from "./policy";
import { requirePublicName } from "./resolve";

type TcpTarget = { host: string; port: number; timeoutMs: number };

/**
 * Whether a port answers: opens a TCP connection, sends nothing and closes it. The host is judged as in `guardedFetch`,
 * the port is the caller's to judge. Throws `outbound_refused`, `upstream_unreachable` and `upstream_timeout`.
 */
export async function knockAt(
  policy: OutboundPolicy,
  { host, port, timeoutMs }: TcpTarget,
): Promise<void> {
  // An IPv6 address comes with or without its brackets.
  const named = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const verdict = judgeUrl(`https://${named}`, policy);
  if (!verdict.ok) throw new HubError("outbound_refused", verdict.reason);
  const hostname = bareHost(verdict.url);
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), timeoutMs);
  const place = `${hostname}:${port}`;
  try {
    if (policy.dohUrl && verdict.host === "name")
      await requirePublicName(hostname, { dohUrl: policy.dohUrl, signal: clock.signal });
    const socket = connect({ hostname: verdict.url.hostname, port });
    // It may fail once nobody waits any more.
    socket.closed.catch(() => {});
    try {
      await Promise.race([socket.opened, aborted(clock.signal)]);
    } finally {
      socket.close().catch(() => {});
    }
  } catch (error) {
    if (clock.signal.aborted)
      throw new HubError(
        "upstream_timeout",
        `${place} did not answer within ${timeoutMs / 1000} seconds. Check host and port, and that its firewall lets the hub in.`,
        { cause: error },
      );
    if (error instanceof HubError) throw error;
    throw new HubError(
      "upstream_unreachable",
      `Nothing answers at ${place}. Check host and port, and that its firewall lets the hub in.`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("The time limit was reached."))),
  );
}
