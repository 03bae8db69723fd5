const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** When an id was made: its first ten characters are the milliseconds. Undefined for what is no id. */
export function timeOfId(id: string): number | undefined {
  const digits = /^[a-z]+_([0-9a-hjkmnp-tv-z]{10})/.exec(id)?.[1];
  if (digits === undefined) return undefined;
  return Array.from(digits).reduce((time, digit) => time * 32 + alphabet.indexOf(digit), 0);
}
