import * as z from "zod";
import { HubError } from "../errors";
import { Lru } from "../lru";
import { judgeAddress } from "./addresses";
import { judgeHostName } from "./host-names";
import { discard, limitBody } from "./limit-body";

const DnsAnswers = z.object({
  Status: z.number(),
  Answer: z
    .array(z.object({ type: z.number(), TTL: z.number().default(0), data: z.string() }))
    .default([]),
});
type DnsAnswers = z.infer<typeof DnsAnswers>;

/** RFC 1035, RFC 3596. */
const recordTypes = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 } as const;
const noSuchName = 3;
const maxAnswerBytes = 64 * 1024;
const resolverTimeoutMs = 5000;
const longestMemoryMs = 60_000;
const shortestMemoryMs = 5000;

export type DnsVerdict =
  | { kind: "public"; ttlMs: number }
  | { kind: "refused"; reason: string; ttlMs: number }
  | { kind: "unknown"; reason: string };

const verdicts = new Lru<{ verdict: Exclude<DnsVerdict, { kind: "unknown" }>; until: number }>(
  1024,
);

/**
 * Throws unless every address the resolver knows for `host` is public. The connection is made by the runtime, which
 * asks DNS again, so a name that flips in between passes: only the network layer (a self-hosted workerd's
 * `network = (allow = ["public"])`, Cloudflare's own egress) closes that gap.
 */
export async function requirePublicName(
  host: string,
  { dohUrl, signal }: { dohUrl: string; signal: AbortSignal },
): Promise<void> {
  const key = `${dohUrl} ${host}`;
  const known = verdicts.get(key);
  let verdict: DnsVerdict;
  if (known !== undefined && known.until > Date.now()) {
    verdict = known.verdict;
  } else {
    const both = AbortSignal.any([signal, AbortSignal.timeout(resolverTimeoutMs)]);
    const ask = (type: "A" | "AAAA") => dnsRequest(host, { dohUrl, type, signal: both });
    verdict = processDnsAnswers(host, await Promise.all([ask("A"), ask("AAAA")]));
    if (verdict.kind !== "unknown") {
      verdicts.set(key, { verdict, until: Date.now() + verdict.ttlMs });
    }
  }
  if (verdict.kind === "refused") throw new HubError("outbound_refused", verdict.reason);
  if (verdict.kind === "unknown") throw new HubError("upstream_unreachable", verdict.reason);
}

/** The texts that stand at a name, asked anew each time. Throws `upstream_unreachable` where the resolver fails. */
export async function resolveTexts(name: string, dohUrl: string): Promise<string[]> {
  const signal = AbortSignal.timeout(resolverTimeoutMs);
  const { Answer } = await dnsRequest(name, { dohUrl, type: "TXT", signal });
  // A text comes in quoted pieces of up to 255 bytes.
  return Answer.filter(({ type }) => type === recordTypes.TXT).map(({ data }) =>
    data.replace(/^"|"$/g, "").replace(/" "/g, ""),
  );
}

async function dnsRequest(
  host: string,
  { dohUrl, type, signal }: { dohUrl: string; type: "A" | "AAAA" | "TXT"; signal: AbortSignal },
): Promise<DnsAnswers> {
  try {
    const url = new URL(dohUrl);
    url.searchParams.set("name", host);
    url.searchParams.set("type", type);
    const response = await fetch(url.href, {
      headers: { accept: "application/dns-json" },
      redirect: "manual",
      signal,
    });
    if (response.status !== 200) {
      discard(response.body);
      throw new Error(`The resolver answered with status ${response.status}.`);
    }
    const { body } = limitBody(response, { host: url.host, maxBytes: maxAnswerBytes });
    return DnsAnswers.parse(await new Response(body).json());
  } catch (cause) {
    throw new HubError(
      "upstream_unreachable",
      `${host} was not called, because the hub's own DNS resolver did not say where the name leads. Try again; if it lasts, the hub's operator should check PLUGBOARD_DOH_URL.`,
      { cause },
    );
  }
}

/** The rule: every address, and every name on the way to it, has to be public. */
export function processDnsAnswers(host: string, answers: readonly DnsAnswers[]): DnsVerdict {
  const failed = answers.find(({ Status }) => Status !== 0);
  if (failed !== undefined) {
    return {
      kind: "unknown",
      reason:
        failed.Status === noSuchName
          ? `The name ${host} does not exist. Check its spelling.`
          : `The name ${host} could not be resolved (DNS status ${failed.Status}). Check with whoever runs it.`,
    };
  }
  const records = answers.flatMap(({ Answer }) => Answer);
  const ttlMs = Math.min(
    longestMemoryMs,
    Math.max(shortestMemoryMs, Math.min(...records.map(({ TTL }) => TTL)) * 1000),
  );
  let addresses = 0;
  for (const { type, data } of records) {
    if (type === recordTypes.CNAME) {
      const name = judgeHostName(data.toLowerCase().replace(/\.$/, ""));
      if (!name.ok)
        return { kind: "refused", reason: `${host} leads elsewhere: ${name.reason}`, ttlMs };
    }
    if (type === recordTypes.A || type === recordTypes.AAAA) {
      addresses++;
      // Loopback is refused even where it is allowed: who means this machine says so by its own name.
      const address = judgeAddress(data, { allowLoopback: false });
      if (!address.ok)
        return { kind: "refused", reason: `${host} leads elsewhere: ${address.reason}`, ttlMs };
    }
  }
  if (addresses > 0) return { kind: "public", ttlMs };
  return { kind: "unknown", reason: `The name ${host} has no address. Check its spelling.` };
}
