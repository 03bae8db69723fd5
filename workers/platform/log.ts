/** One JSON line per event: nouns and numbers, never a secret and never an upstream's text. */
export function log(
  level: "info" | "warn" | "error",
  event: string,
  fields: Record<string, string | number | boolean | null | undefined> = {},
): void {
  console[level](JSON.stringify({ level, event, ...fields }));
}

const maxCauses = 8;

/** The whole of an unforeseen error, for the log only. */
export function describeError(error: unknown, causes = 0): string {
  if (!(error instanceof Error))
    return typeof error === "string" ? error : Object.prototype.toString.call(error);
  // An error can be its own cause.
  const deeper = error.cause !== undefined && causes < maxCauses;
  const cause = deeper ? ` ← ${describeError(error.cause, causes + 1)}` : "";
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`.slice(0, 4000);
}
