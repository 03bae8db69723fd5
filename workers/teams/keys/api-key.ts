const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secretLength = 32;
const checksumLength = 6;

/** `pb_`, 32 random characters, 6 of checksum: a mistyped key, or a find of a secret scanner, is told apart without asking. */
export function makeApiKey(): string {
  const secret = randomText(secretLength);
  return `pb_${secret}${checksum(secret)}`;
}

/** 62 letters and digits; bytes that would favour some of them are thrown away. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}

export function isApiKey(value: string): boolean {
  const match = /^pb_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/.exec(value);
  return match !== null && checksum(match[1] ?? "") === match[2];
}

/** The part of a key that is shown in lists. */
export function prefixOf(key: string): string {
  return key.slice(0, 9);
}

/** CRC-32 (IEEE 802.3) in base 62. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let encoded = "";
  for (let i = 0; i < checksumLength; i++) {
    encoded = alphabet.charAt(rest % 62) + encoded;
    rest = Math.floor(rest / 62);
  }
  return encoded;
}
