import ipaddr from "ipaddr.js";

/**
 * Where a request came from. Only the header that the deployment names is believed, since anybody can send any other:
 * on Cloudflare `cf-connecting-ip`, which Cloudflare writes itself. Where none is named, it is this machine.
 */
export function addressOf(env: Env, request: Request): string {
  const header: string = env.PLUGBOARD_ADDRESS_HEADER;
  if (header === "") return "127.0.0.1";
  return request.headers.get(header)?.split(",").at(-1)?.trim().slice(0, 60) || "unknown";
}

/** What counts as one place: an IPv4 address, or the network of an IPv6 one, since whoever has one has 2^64 of them. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const ip = ipaddr.process(address);
  return ip.kind() === "ipv4"
    ? ip.toString()
    : `${ip.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
