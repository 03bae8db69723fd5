/** "Ada Lovelace" is AL, "Ada" is A. */
export function initials(name: string): string {
  const letters = name
    .split(/\s+/)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0])
    .filter((letter) => letter !== undefined);
  return letters.length > 1 ? `${letters[0]}${letters.at(-1)}` : (letters[0] ?? "•");
}
