import { describeError, log } from "../log";
import { guardedFetch } from "../outbound";
import { outboundPolicy } from "../settings";
import { otlpTraces } from "./otlp";
import { otlpHeaders, otlpUrl } from "./settings";
import type { EndedSpan } from "./span";

const gatherMs = 200;
const mostAtOnce = 512;
const mostWaiting = 4096;
const timeoutMs = 5000;
const tellEveryMs = 60_000;
/** A request that was to send and was ended before it could is not waited for longer. */
const givenUpAfterMs = 15_000;

type Sending = { env: Env; waitUntil: (work: Promise<unknown>) => void };

/** Spans of this isolate on their way. Plain data: any request may carry those of others. */
let waiting: EndedSpan[] = [];
let sendingSince: number | undefined;
let lost = 0;
let toldAt = 0;

/** Hands a span to the collector a moment later, together with others. Whatever goes wrong there stays there. */
export function exportSpan(sending: Sending, span: EndedSpan): void {
  if (waiting.length >= mostWaiting) {
    lost += 1;
    return;
  }
  waiting.push(span);
  const now = Date.now();
  if (sendingSince !== undefined && now - sendingSince < givenUpAfterMs) return;
  sendingSince = now;
  sending.waitUntil(send(sending.env));
}

async function send(env: Env): Promise<void> {
  try {
    while (waiting.length > 0) {
      await scheduler.wait(gatherMs);
      await post(env, waiting.splice(0, mostAtOnce));
    }
  } finally {
    sendingSince = undefined;
  }
}

async function post(env: Env, spans: readonly EndedSpan[]): Promise<void> {
  if (spans.length === 0) return;
  try {
    const policy = { ...outboundPolicy(env), maxRedirects: 0 };
    const response = await guardedFetch(policy, otlpUrl(env), {
      method: "POST",
      headers: { ...otlpHeaders(env), "content-type": "application/json" },
      body: otlpTraces(spans),
      timeoutMs,
      maxBytes: 65_536,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The collector answered with status ${response.status}.`);
  } catch (error) {
    lost += spans.length;
    tell(error);
  }
}

function tell(error: unknown): void {
  const now = Date.now();
  if (now - toldAt < tellEveryMs) return;
  toldAt = now;
  log("warn", "telemetry.export_failed", { spans: lost, error: describeError(error) });
  lost = 0;
}
