const prefixes = [
  "team",
  "per",
  "key",
  "con",
  "tool",
  "exe",
  "aud",
  "crd",
  "lnk",
  "ses",
  "cli",
  "rol",
  "inv",
  "gra",
  "mac",
  "acc",
  "pas",
  "fac",
  "ver",
  "jwk",
  "sso",
  "mail",
  "req",
  "flo",
  "sec",
  "app",
  "ocl",
  "ntc",
  "job",
  "bat",
] as const;
export type IdPrefix = (typeof prefixes)[number];

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

function encodeTime(time: number): string {
  let rest = time;
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

let pool = new Uint8Array(0);
let used = 0;

/** 16 random characters of 5 bits. Random bytes are drawn a kilobyte at a time: ids are made on the hot path. */
function randomPart(): string {
  if (used + 16 > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(1024));
    used = 0;
  }
  let text = "";
  for (let i = 0; i < 16; i++) text += alphabet.charAt((pool[used++] ?? 0) & 31);
  return text;
}

/** `exe_01j…`: the prefix, 48 bits of time in milliseconds, 80 random bits. Ids of one kind sort by the time they were made. */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  return `${prefix}_${encodeTime(now)}${randomPart()}`;
}

/** The lowest id of its kind that can have been made at `time` (milliseconds): the bound of a range by time. */
export function lowestIdAt(prefix: IdPrefix, time: number): string {
  // Ten characters hold 50 bits: what lies beyond is later than every id.
  return `${prefix}_${encodeTime(Math.min(Math.max(0, Math.floor(time)), 2 ** 50 - 1))}`;
}

/** When an id was made, in milliseconds; NaN for what is no id. */
export function timeOf(id: string): number {
  const text = id.slice(id.indexOf("_") + 1).slice(0, 10);
  let time = 0;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return NaN;
    time = time * 32 + digit;
  }
  return text.length === 10 ? time : NaN;
}
