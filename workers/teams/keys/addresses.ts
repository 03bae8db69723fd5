import ipaddr from "ipaddr.js";
import { HubError } from "../../platform/errors";

type Range = [ip: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Lists are remembered with their key, and so are parsed once. */
const parsed = new WeakMap<readonly string[], Range[]>();

/** Whether an address is in one of the CIDR blocks; null for any address. */
export function isAllowed(blocks: readonly string[] | null, address: string): boolean {
  if (blocks === null) return true;
  let ranges = parsed.get(blocks);
  if (!ranges) parsed.set(blocks, (ranges = blocks.map((block) => ipaddr.parseCIDR(block))));
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return ranges.some((range) => covers(range, [ip, 0]));
}

/** Throws `forbidden` for an address that is in none of the CIDR blocks. */
export function requireAllowedAddress(blocks: readonly string[] | null, address: string): void {
  if (isAllowed(blocks, address)) return;
  throw new HubError(
    "forbidden",
    `This API key may not be used from ${address}. Use it from an address on its list, or change the list.`,
  );
}

/** Whether every address of `inner` is in one of the blocks of `outer`. */
export function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  const ranges = outer.map((block) => ipaddr.parseCIDR(block));
  return inner.every((block) => {
    const [ip, bits] = ipaddr.parseCIDR(block);
    return ranges.some((range) => range[1] <= bits && covers(range, [ip, bits]));
  });
}

const covers = ([network, bits]: Range, [ip]: Range): boolean =>
  ip.kind() === network.kind() && ip.match(network, bits);

/**
 * Addresses and blocks as CIDR blocks of their network's first address, each once. Throws `invalid_input` naming what is
 * neither.
 */
export function toBlocks(entries: readonly string[]): string[] {
  return [...new Set(entries.map(toBlock))];
}

function toBlock(entry: string, place: number): string {
  const [address = "", bits, ...rest] = entry.split("/");
  const ip = rest.length === 0 ? strictly(address) : undefined;
  const whole = ip?.kind() === "ipv4" ? 32 : 128;
  const length = bits === undefined ? whole : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  if (!ip || !(length <= whole)) throw noAddress(entry, place);
  if (ip instanceof ipaddr.IPv6 && ip.isIPv4MappedAddress()) {
    // What comes in as a mapped address is compared as the IPv4 address it is.
    if (length < 96) throw noAddress(entry, place);
    return blockOf(ip.toIPv4Address(), length - 96);
  }
  return blockOf(ip, length);
}

/** Without the spellings that only some programs read the same way: `10.1`, `010.0.0.1`, a zone. */
function strictly(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (/^\d+(\.\d+){3}$/.test(address))
    return ipaddr.IPv4.isValidFourPartDecimal(address) ? ipaddr.IPv4.parse(address) : undefined;
  if (!address.includes(":") || address.includes("%") || !ipaddr.IPv6.isValid(address))
    return undefined;
  return ipaddr.IPv6.parse(address);
}

function blockOf(ip: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const block = `${ip.toString()}/${bits}`;
  const network =
    ip.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(block)
      : ipaddr.IPv6.networkAddressFromCIDR(block);
  return `${network.toString()}/${bits}`;
}

function noAddress(entry: string, place: number): HubError {
  return new HubError(
    "invalid_input",
    `body.allowedAddresses: ${JSON.stringify(entry)} is no address and no CIDR block. Write it like 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.`,
    { details: { field: `body.allowedAddresses.${place}` } },
  );
}
