import { log } from "../log";
import { once } from "../settings";

/** Where spans go, an OTLP/HTTP collector; empty for nowhere. */
export const otlpUrl = (env: Env): string => env.PLUGBOARD_OTLP_URL;

/** How many traces are recorded. A setting that is no such number records everything. */
export const traceRatio = once((env): number => {
  const text: string = env.PLUGBOARD_TRACE_RATIO;
  const ratio = Number(text);
  if (text.trim() !== "" && ratio >= 0 && ratio <= 1) return ratio;
  log("warn", "setting.ignored", { setting: "PLUGBOARD_TRACE_RATIO" });
  return 1;
});

/** Headers for the collector, `name=value,name=value` with the values percent-encoded, as OTEL_EXPORTER_OTLP_HEADERS has it. */
export const otlpHeaders = once((env): Record<string, string> => {
  const text = env.PLUGBOARD_OTLP_HEADERS ?? "";
  const pairs = text.split(",").map((pair): [string, string] => {
    const at = pair.indexOf("=");
    return [pair.slice(0, Math.max(at, 0)).trim(), decoded(pair.slice(at + 1).trim())];
  });
  return Object.fromEntries(pairs.filter(([name]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)));
});

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
