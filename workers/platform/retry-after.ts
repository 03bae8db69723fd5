/** `Retry-After` in either of its forms (RFC 9110, 10.2.3), where it names a moment within the next day. */
export function retryAfterSeconds(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return seconds > 0 && seconds <= 86_400 ? seconds : undefined;
}
