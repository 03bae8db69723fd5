const longest = 20_000_000;

/** The object or list a text holds, where it is JSON; tools of old say structured things as text. */
export function jsonInText(text: string): object | undefined {
  if (text.length > longest) return undefined;
  const first = /[^\s]/.exec(text.slice(0, 1000))?.[0];
  if (first !== "{" && first !== "[") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
