import ipaddr from "ipaddr.js";
import type { OutboundPolicy } from "./policy";

export type AddressVerdict = { ok: true; loopback: boolean } | { ok: false; reason: string };

/** Public by the registries, yet answered by the machine's own cloud: Azure's metadata and agent endpoint. */
const platformAddresses = new Set(["168.63.129.16"]);

/** `ip` in canonical form: four decimal parts, or IPv6 without brackets and zone. */
export function judgeAddress(
  ip: string,
  policy: Pick<OutboundPolicy, "allowLoopback">,
): AddressVerdict {
  const range = rangeOf(ip);
  if (range === "unicast") return { ok: true, loopback: false };
  if (range === "loopback" && policy.allowLoopback) return { ok: true, loopback: true };
  return {
    ok: false,
    reason: `${ip} is refused because it is no public address (${range}). Give a public host.`,
  };
}

function rangeOf(ip: string): string {
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) {
    return platformAddresses.has(ip) ? "cloud platform" : ipaddr.IPv4.parse(ip).range();
  }
  if (!ipaddr.IPv6.isValid(ip) || ip.includes("%")) return "unreadable";
  const address = ipaddr.IPv6.parse(ip);
  const range = address.range();
  if (range !== "unicast") return range;
  // Only 2000::/3 is handed out (RFC 4291 §2.4); ipaddr.js calls the rest unicast too, ::127.0.0.1 among it.
  if (((address.parts[0] ?? 0) & 0xe000) !== 0x2000) return "unassigned";
  // RFC 5214: ISATAP hides an IPv4 address behind any prefix.
  if (((address.parts[4] ?? 0) & ~0x0200) === 0 && address.parts[5] === 0x5efe) return "isatap";
  return "unicast";
}
