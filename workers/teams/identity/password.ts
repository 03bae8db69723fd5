import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { toHex } from "../../platform/encoding";

// The identity library's own form, `salt:key` in hex, by the runtime's scrypt: its JavaScript one takes many times as long.
const cost = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 };
const keyLength = 64;

const derive = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, keyLength, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

export async function hashPassword(password: string): Promise<string> {
  const salt = toHex(randomBytes(16));
  return `${salt}:${toHex(await derive(password, salt))}`;
}

export async function verifyPassword(of: { hash: string; password: string }): Promise<boolean> {
  const [salt, key] = of.hash.split(":");
  if (!salt || !key) return false;
  const wanted = Buffer.from(key, "hex");
  const shown = await derive(of.password, salt);
  return wanted.length === shown.length && timingSafeEqual(wanted, shown);
}
