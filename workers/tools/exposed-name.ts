import { sha256Hex } from "../platform/encoding";

const maxLength = 48;
const legal = /^[A-Za-z0-9_-]+$/;
const shortened = /_[0-9a-f]{8}$/;

/**
 * A tool's or prompt's name at `/mcp`: `<connection>__<name>` where model APIs take it (letters, digits, `_`, `-`, at
 * most 48 characters), else shortened and ended with 8 characters of the name's SHA-256. The registry holds the way back.
 * A name that only looks shortened is shortened too, so that no name can pass itself off as another's short form.
 */
export async function exposedName(slug: string, name: string): Promise<string> {
  const plain = `${slug}__${name}`;
  if (plain.length <= maxLength && legal.test(plain) && !shortened.test(plain)) return plain;
  const hash = (await sha256Hex(name)).slice(0, 8);
  const cleaned = plain.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, maxLength - hash.length - 1);
  return `${cleaned}_${hash}`;
}
