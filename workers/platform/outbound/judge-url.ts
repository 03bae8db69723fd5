import { Lru } from "../lru";
import { judgeAddress } from "./addresses";
import { judgeHostName } from "./host-names";
import type { OutboundPolicy } from "./policy";

/** `name` still has to be resolved by someone; `address` and `loopback` are what they are. */
export type HostKind = "name" | "address" | "loopback";
/** `url` may be shared with others who ask about the same address: it is read, never changed. */
export type UrlVerdict =
  | { ok: true; url: Readonly<URL>; host: HostKind }
  | { ok: false; reason: string };
type OriginVerdict = { ok: true; host: HostKind } | { ok: false; reason: string };

const remoteProtocols = new Set(["https:"]);
const loopbackProtocols = new Set(["https:", "http:"]);
/** What `URL.port` says; the empty one is the protocol's own. */
const remotePorts = new Set(["", "80", "8443"]);

// Their keys hold all the rule looks at, so an entry never grows stale.
const verdicts = new Lru<OriginVerdict>(1024);
/** Addresses that are called, by their text: to take one apart costs a call as much as the rest of the rule. */
const allowed = new Lru<UrlVerdict & { ok: true }>(1024);
const longestRemembered = 500;

/** May the hub call this URL? Looks at the text only; where a name leads is `requirePublicName`'s to ask. */
export function judgeUrl(input: string | URL, policy: OutboundPolicy): UrlVerdict {
  const deployment = `${policy.allowLoopback} ${policy.ownHosts.join()}`;
  if (typeof input !== "string") return judge(input, { policy, deployment });
  const place = `${deployment} ${input}`;
  const known = allowed.get(place);
  if (known) return known;
  const verdict = judge(URL.parse(input), { policy, deployment });
  if (verdict.ok && input.length <= longestRemembered) allowed.set(place, verdict);
  return verdict;
}

function judge(
  url: URL | null,
  { policy, deployment }: { policy: OutboundPolicy; deployment: string },
): UrlVerdict {
  if (url === null) {
    return refuse("This is no complete URL. Give one such as https://api.example.com/v1.");
  }
  if (!loopbackProtocols.has(url.protocol)) {
    return refuse("Only https URLs are called. Give one that begins with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    return refuse(
      `The URL for ${url.hostname} carries a user name or password. Keep credentials out of it.`,
    );
  }
  const key = `${deployment} ${url.origin}`;
  let verdict = verdicts.get(key);
  if (verdict === undefined) {
    verdict = judgeOrigin(url, policy);
    verdicts.set(key, verdict);
  }
  return verdict.ok ? { ok: true, url, host: verdict.host } : verdict;
}

function judgeOrigin(url: URL, policy: OutboundPolicy): OriginVerdict {
  const host = bareHost(url);
  const verdict = judgeHost(host, policy);
  if (!verdict.ok) return verdict;
  if (policy.ownHosts.some((own) => isSameHost(own, { url, host, kind: verdict.host }))) {
    return refuse(`${host} is this hub itself. Give the host of another service.`);
  }
  if (verdict.host === "loopback") return verdict;
  if (!remoteProtocols.has(url.protocol)) {
    return refuse(`Plain http to ${host} is refused. Use https.`);
  }
  if (!remotePorts.has(url.port)) {
    return refuse(`Port ${url.port} of ${host} is refused. Use 443, 8443 or 80.`);
  }
  return verdict;
}

function judgeHost(host: string, policy: OutboundPolicy): OriginVerdict {
  if (host === "localhost" && policy.allowLoopback) return { ok: true, host: "loopback" };
  // WHATWG has brought every spelling of an IPv4 address (octal, hex, short, full-width) to four decimal parts.
  if (!host.includes(":") && !/^\d+(?:\.\d+){3}$/.test(host)) {
    const name = judgeHostName(host);
    return name.ok ? { ok: true, host: "name" } : name;
  }
  const address = judgeAddress(host, policy);
  return address.ok ? { ok: true, host: address.loopback ? "loopback" : "address" } : address;
}

/** Loopback has many spellings: on one port they are all the same host. */
function isSameHost(own: string, target: { url: URL; host: string; kind: HostKind }): boolean {
  const other = URL.parse(`${target.url.protocol}//${own}`);
  if (other === null) return false;
  if (/:\d+$/.test(own) && other.port !== target.url.port) return false;
  const otherHost = bareHost(other);
  if (otherHost === target.host) return true;
  if (target.kind !== "loopback") return false;
  const otherVerdict = judgeHost(otherHost, {
    allowLoopback: true,
    dohUrl: undefined,
    ownHosts: [],
  });
  return otherVerdict.ok && otherVerdict.host === "loopback";
}

/** The host without IPv6 brackets and without the root's dot, which WHATWG keeps: `localhost.` is localhost. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$|(?<=[^.])\.$/g, "");
}

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
