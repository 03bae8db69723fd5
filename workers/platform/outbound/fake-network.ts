import { afterEach, beforeEach, expect, vi } from "vitest";
import { guardedFetch, type OutboundPolicy, type OutboundRequest } from "./index";

type Call = { url: string; method: string; headers: Record<string, string>; body: unknown };
export type Answer = (call: Call, signal: AbortSignal) => Response | Promise<Response>;

export const policy: OutboundPolicy = {
  allowLoopback: false,
  dohUrl: undefined,
  ownHosts: ["hub.acme.com"],
};

/** For tests: the network as the runtime's `fetch` shows it, empty before each of them. */
export const network = {
  /** What was sent, in order. */
  calls: [] as Call[],
  /** By origin and path. */
  answers: {} as Record<string, Answer>,
  hosts: () => network.calls.map(({ url }) => new URL(url).host),
};

/** A function, since a module that files share is run once only. */
export function useFakeNetwork(): void {
  beforeEach(() => {
    network.calls = [];
    network.answers = {};
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      expect(init?.redirect).toBe("manual");
      const url = new URL(input instanceof Request ? input.url : input);
      const call = {
        url: url.href,
        method: init?.method ?? "GET",
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
        body: init?.body ?? null,
      };
      network.calls.push(call);
      const answer = network.answers[url.origin + url.pathname];
      if (answer === undefined) throw new Error(`Nothing listens at ${url.origin}${url.pathname}.`);
      const response = await answer(call, init?.signal as AbortSignal);
      return Object.defineProperty(response, "url", { value: url.href });
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

export const ok = () => new Response("fine", { headers: { "content-length": "4" } });
export const redirect =
  (location: string, status = 302) =>
  () =>
    new Response("moved", { status, headers: { location } });

/** As the runtime has it: nothing until the signal, and then an error that is not the signal's reason. */
export const silence: Answer = (_, signal) => untilAborted(signal);

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The connection was aborted.")));
  });
}

/** Sends each piece when it is asked for; a number pauses for as many ms, "hang" is silent until the signal. */
export function stream(
  pieces: readonly (string | number | Error)[],
  { headers = {}, onCancel = () => {} } = {},
): Answer {
  return (_, signal) => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          let piece = left.shift();
          if (typeof piece === "number") {
            await Promise.race([scheduler.wait(piece), untilAborted(signal)]);
            piece = left.shift();
          }
          if (piece instanceof Error) throw piece;
          if (piece === "hang") await untilAborted(signal);
          if (piece === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(String(piece)));
        },
        cancel: onCancel,
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers, encodeBody: "manual" });
  };
}

export function call(url: string, request: Partial<OutboundRequest> = {}, by = policy) {
  return guardedFetch(by, url, { method: "GET", headers: {}, ...request });
}

export async function read(url: string, request: Partial<OutboundRequest> = {}): Promise<string> {
  return (await call(url, request)).text();
}

export async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}
