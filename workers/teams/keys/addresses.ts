import ipaddr from "ipaddr.js";
import { HubError } from "../../platform/errors";

/** Throws `forbidden` for an address that is in none of the CIDR blocks. */
export function requireAllowedAddress(blocks: readonly string[], address: string): void {
  if (blocks.some((block) => isWithin(block, address))) return;
  throw new HubError(
    "forbidden",
    `This API key may not be used from ${address}. Use it from an address on its list, or change the list.`,
  );
}

function isWithin(block: string, address: string): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValidCIDR(block)) return false;
  const [range, bits] = ipaddr.parseCIDR(block);
  const ip = ipaddr.process(address);
  return ip.kind() === range.kind() && ip.match(range, bits);
}
