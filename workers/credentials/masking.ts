import { fromBase64Url, toBase64Url, toHex, utf8 } from "../platform/encoding";

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
    const secrets = new Set(
      partsOf(value).filter((part) => part.length >= Math.max(8, shortest) && !isWord(part)),
    );
    // What follows a scheme is the credential itself, whatever it looks like.
    if (secretNames.test(name))
      for (const credential of credentialsOf(value))
        if (credential.length >= 6) secrets.add(credential);
    // Where a part is all but the scheme, each form of the whole holds that form of the part. This runs for every call.
    const told = [...secrets].some(
      (part) => value.endsWith(` ${part}`) && value.length - part.length <= 8,
    );
    if (value.length >= shortest && !told) secrets.add(value);
    for (const secret of secrets) for (const form of encodings(secret)) needles.add(form);
  }
  const ordered = [...needles].sort((a, b) => b.length - a.length);
  if (ordered.length === 0) return keep;
  return (text) => {
    let masked = text;
    for (const needle of ordered)
      if (masked.includes(needle)) masked = masked.replaceAll(needle, mask);
    return masked;
  };
}

/** `hunter2` of `Bearer hunter2`, and of the Basic pair `me:hunter2`. */
function credentialsOf(value: string): string[] {
  const credential = /^[A-Za-z][\w-]* +(\S+)$/.exec(value)?.[1];
  if (credential === undefined) return [];
  const pair = /^basic /i.test(value) ? decoded(credential.replace(/=+$/, "")) : "";
  return pair.includes(":") ? [credential, pair.slice(pair.indexOf(":") + 1)] : [credential];
}

/** What a value is made of: `Bearer abc` must also hide `abc`, and `Basic …` the name and password inside it. */
function partsOf(value: string): string[] {
  const whole = /^basic +([A-Za-z0-9+/_-]+)=*$/i.exec(value)?.[1];
  const pair = whole === undefined ? "" : decoded(whole);
  return [
    ...pieces(value),
    ...(pair.includes(":") ? [pair, pair.slice(pair.indexOf(":") + 1)] : []),
  ];
}

/** Without the names before `=`, which are no secrets: `username="…"`, `session=…`. */
function pieces(value: string): string[] {
  return value
    .split(/[\s,;]+/)
    .map((piece) => piece.replace(/^[\w.-]{1,40}=(?=[^=])/, ""))
    .flatMap((piece) => [piece, ...piece.split(/[=:"]+/)]);
}

/** One word in small letters, which a text may well hold: `development`. */
function isWord(part: string): boolean {
  return part.length < 16 && /^[A-Z]?[a-z]+$/.test(part);
}

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(fromBase64Url(base64));
  } catch {
    return "";
  }
}

/** Also as they stand in JSON that stands in a JSON text. `u` escapes are undone there by whoever reads the text. */
function encodings(secret: string): string[] {
  const bytes = utf8(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const escaped = Array.from({ length: secret.length }, (_, at) =>
    escapedUnit(secret.charCodeAt(at)),
  ).join("");
  return [
    secret,
    json,
    json.replaceAll("/", "\\/"),
    escaped,
    escaped.replace(/[a-f]/g, (digit) => digit.toUpperCase()),
    ...[url, url.replace(/[!'()*~]/g, percentEncoded)].flatMap((form) => [
      form,
      form.replace(/%../g, (code) => code.toLowerCase()),
      form.replaceAll("%20", "+"),
    ]),
    toHex(bytes),
    toHex(bytes).toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ].flatMap((form) => (/["\\]/.test(form) ? [form, JSON.stringify(form).slice(1, -1)] : form));
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function escapedUnit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
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
