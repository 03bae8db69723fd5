import { discover, readListing, type Discovered, type Listing, type Wire } from "../connectors";
import { maskFor } from "../credentials";
import type { Context } from "../platform/context";
import { withDeadline } from "../platform/deadline";
import { guardedFetch } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";

export const maxAnswerBytes = 8 * 1024 * 1024;
const discoverMs = 15_000;
const listMs = 45_000;

export type Target = {
  url: string;
  transport: "auto" | "http" | "sse";
  /** Opened, for this one use. */
  headers: Record<string, string>;
};

/** The guarded way to a server, with its secret headers on every request and its answers masked. */
export function wireTo(ctx: Context, { url, headers }: Pick<Target, "url" | "headers">): Wire {
  const policy = outboundPolicy(ctx.env);
  let masking: ((text: string) => string) | undefined;
  return {
    url,
    fetch: (to, init) =>
      guardedFetch(policy, to, {
        ...init,
        headers: { ...headers, ...init.headers },
        maxBytes: maxAnswerBytes,
        timeoutMs: null,
      }),
    mask: (text) => (masking ??= maskFor(headers))(text),
    background: ctx.waitUntil,
  };
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
