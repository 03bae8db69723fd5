export const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** A time in UTC to the second as the browser's picker of local times shows it; undefined for any other text. */
export function toLocal(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return undefined;
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What the picker says, in UTC as RFC 3339 writes it; "" for nothing. */
export function fromLocal(local: string | Date): string {
  const at = typeof local === "string" ? new Date(local) : local;
  return Number.isNaN(at.getTime()) ? "" : `${at.toISOString().slice(0, 19)}Z`;
}
