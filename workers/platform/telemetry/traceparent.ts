/** Where a request stands in somebody's trace (W3C Trace Context). */
export type TraceParent = { traceId: string; spanId: string; sampled: boolean };

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const zeros = /^0+$/;

/** Undefined for what is none: then a trace of our own begins. Of a later version the part that is known counts. */
export function readTraceParent(text: unknown): TraceParent | undefined {
  if (typeof text !== "string" || text.length > 512) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", more] = form.exec(text.trim()) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined))
    return undefined;
  if (zeros.test(traceId) || zeros.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function writeTraceParent({ traceId, spanId, sampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/** What other tracing systems on the way want passed on: as it came, or not at all. */
export function readTraceState(text: unknown): string | undefined {
  if (typeof text !== "string" || text.length > 512) return undefined;
  const members = text.split(",").map((member) => member.trim());
  const right = /^[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{1,256}$/;
  if (members.length > 32 || !members.every((member) => right.test(member))) return undefined;
  return members.join(",");
}

/** As many random hexadecimal digits, not all of them zero. */
export function randomId(digits: 16 | 32): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits / 2));
  let id = "";
  for (const byte of bytes) id += (byte < 16 ? "0" : "") + byte.toString(16);
  return zeros.test(id) ? randomId(digits) : id;
}

/** Whether a trace is among those that are recorded: the same answer for the same id, wherever it is asked. */
export function isSampled(traceId: string, ratio: number): boolean {
  return Number.parseInt(traceId.slice(-8), 16) < ratio * 0x1_0000_0000;
}
