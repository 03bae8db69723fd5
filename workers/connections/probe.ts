import {
  discover,
  readListing,
  type Discovered,
  type Listing,
  type Wire,
  type WireRequest,
} from "../connectors";
import { maskFor, type Presented } from "../credentials";
import type { Context } from "../platform/context";
import { withDeadline } from "../platform/deadline";
import { guardedFetch } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";

export const maxAnswerBytes = 8 * 1024 * 1024;
const discoverMs = 15_000;
const listMs = 45_000;

/** A server and how its requests show the credential, opened for this one use. */
export type Target = {
  url: string;
  transport: "auto" | "http" | "sse";
  presented: Presented;
  /** Another credential once the server refused this one; undefined where there is none. */
  renew?: (() => Promise<{ presented: Presented } | undefined>) | undefined;
  /** Told of every answer as it arrives, before its body. */
  onAnswer?: ((answer: Pick<Response, "status" | "headers">) => void) | undefined;
  /** The longest answer that is read, where that is less than usual. */
  mostBytes?: number | undefined;
};

/**
 * The guarded way to a server, with its credential on every request and its answers masked. What a server refuses with
 * 401 it has not run: where the credential can be renewed it is, and the request is sent once more.
 */
export function wireTo(
  ctx: Context,
  { url, presented, renew, onAnswer, mostBytes = maxAnswerBytes }: Omit<Target, "transport">,
): Wire {
  const policy = outboundPolicy(ctx.env);
  let current = presented;
  let renewed: Promise<{ presented: Presented } | undefined> | undefined;
  let masks: ((text: string) => string)[] | undefined;
  const send = (to: string, init: WireRequest, shown: Presented): Promise<Response> => {
    const target = withQuery(to, shown.query);
    const headers = { ...shown.headers, ...init.headers, ...traceHeaders(ctx) };
    const go = (all: Record<string, string>) =>
      guardedFetch(policy, target, {
        ...init,
        headers: all,
        maxBytes: mostBytes,
        timeoutMs: null,
      });
    if (!shown.sign) return go(headers);
    const signing = shown.sign({ ...init, url: target, headers });
    return signing.then((signed) => go({ ...headers, ...signed }));
  };
  return {
    url,
    fetch: async (to, init) => {
      const shown = current;
      const answer = await send(to, init, shown);
      onAnswer?.(answer);
      if (answer.status !== 401 || !renew) return answer;
      renewed ??= renew();
      const next = (await renewed)?.presented;
      if (!next || next === shown) return answer;
      await answer.body?.cancel();
      current = next;
      masks = undefined;
      const second = await send(to, init, next);
      onAnswer?.(second);
      return second;
    },
    mask: (text) => {
      masks ??= [...new Set([presented, current])].map(({ secrets }) => maskFor(secrets));
      return masks.reduce((masked, mask) => mask(masked), text);
    },
    background: ctx.waitUntil,
  };
}

/** W3C Trace Context, for the server to go on with. */
function traceHeaders({ span }: Context): Record<string, string> | undefined {
  if (span === undefined) return undefined;
  const { traceparent, tracestate } = span;
  return tracestate === undefined ? { traceparent } : { traceparent, tracestate };
}

function withQuery(url: string, query: Record<string, string>): string {
  const named = Object.entries(query);
  if (named.length === 0) return url;
  const to = new URL(url);
  for (const [name, value] of named) to.searchParams.set(name, value);
  return to.href;
}

/** `close` ends the session that was opened, unless it is adopted. */
export type Probed = Omit<Discovered, "ask"> & { listing: Listing; responseTimeMs: number };

/** Finds out what a server is and everything it offers. Throws `upstream_*` and `outbound_refused`. */
export async function probe(ctx: Context, target: Target): Promise<Probed> {
  const wire = wireTo(ctx, target);
  const started = Date.now();
  return withDeadline(
    {
      ms: discoverMs,
      sentence: `The server did not answer within ${discoverMs / 1000} seconds. Check that it runs and that the URL is that of its MCP endpoint.`,
    },
    async (signal, next) => {
      const server = await discover(wire, target.transport, signal);
      next({
        ms: listMs,
        sentence: `The server did not list what it offers within ${listMs / 1000} seconds.`,
      });
      const responseTimeMs = Date.now() - started;
      const { ask: _ask, ...facts } = server;
      try {
        return { ...facts, responseTimeMs, listing: await readListing(server) };
      } catch (error) {
        ctx.waitUntil(server.close());
        throw error;
      } finally {
        // Its stream belongs to this deadline and cannot outlive it.
        if (server.known.transport === "sse") await server.close();
      }
    },
  );
}
