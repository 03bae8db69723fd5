import { toBase64Url, toHex, utf8 } from "../platform/encoding";

const mask = "[secret]";
const secretNames = /auth|cookie|key|token|secret|pass|sign|cred/i;

/** A function that takes given secrets, in clear and in the usual encodings, out of a text. */
export type Mask = (text: string) => string;

const keep: Mask = (text) => text;

/**
 * Servers echo headers, in results and in errors. Whatever comes back from one passes its connection's mask before it
 * goes anywhere. Short values of headers that do not sound secret (`x-region: eu`) are not looked for: they would blot
 * out ordinary text.
 */
export function maskFor(headers: Record<string, string>): Mask {
  const needles = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const shortest = secretNames.test(name) ? 6 : 16;
    // `Bearer abc` must also hide `abc`.
    const parts = value.split(/[\s,;=:]+/).filter((part) => part.length >= Math.max(8, shortest));
    for (const secret of value.length >= shortest ? [value, ...parts] : parts)
      for (const form of encodings(secret)) needles.add(form);
  }
  const ordered = [...needles].sort((a, b) => b.length - a.length);
  if (ordered.length === 0) return keep;
  return (text) => {
    let masked = text;
    for (const needle of ordered) if (masked.includes(needle)) masked = masked.replaceAll(needle, mask);
    return masked;
  };
}

function encodings(secret: string): string[] {
  const bytes = utf8(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    toHex(bytes),
    toHex(bytes).toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ];
}

/** The base64 of a secret as it looks inside a longer text, where it may begin at any of three offsets. */
function base64At(bytes: Uint8Array, offset: number): string[] {
  const padded = new Uint8Array(bytes.length + offset);
  padded.set(bytes, offset);
  const encoded = toBase64Url(padded);
  const from = offset === 0 ? 0 : offset + 1;
  const whole = Math.floor((padded.length * 8) / 6);
  const core = encoded.slice(from, whole);
  if (core.length < 8) return [];
  return [core, core.replaceAll("-", "+").replaceAll("_", "/")];
}
