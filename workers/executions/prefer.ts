/** How whoever asks would have the answer (RFC 7240): `respond-async`, and how many seconds it waits. */
export type Prefer = { respondAsync: boolean; waitMs: number | undefined };

const mostMs = 300_000;

/**
 * Reads the header `Prefer`. What is malformed or unknown counts for nothing, as the RFC has it; of a preference named
 * twice the first counts; a wait is 1 to 300 seconds, whatever is asked for.
 */
export function readPrefer(header: string | undefined): Prefer {
  const prefer: Prefer = { respondAsync: false, waitMs: undefined };
  for (const part of header?.split(",", 20) ?? []) {
    const [name = "", value] = (part.split(";", 1)[0] ?? "").split("=", 2);
    const token = name.trim().toLowerCase();
    if (token === "respond-async" && value === undefined) prefer.respondAsync = true;
    const seconds = /^\s*"?(\d{1,15})"?\s*$/.exec(value ?? "")?.[1];
    if (token === "wait" && seconds !== undefined)
      prefer.waitMs ??= Math.min(Math.max(Number(seconds) * 1000, 1000), mostMs);
  }
  return prefer;
}

/** What was done of it, for the header `Preference-Applied`. */
export function appliedOf({ respondAsync, waitMs }: Prefer): string {
  return [
    ...(respondAsync ? ["respond-async"] : []),
    ...(waitMs === undefined ? [] : [`wait=${waitMs / 1000}`]),
  ].join(", ");
}
