import { useEffect, useSyncExternalStore } from "react";
import type { LiveMessage } from "../../shared/contracts/live";

export type LiveState = "connecting" | "live" | "offline";
type Listener = (message: LiveMessage) => void;

const pingEveryMs = 25_000;
const answerWithinMs = 10_000;
const longestWaitMs = 15_000;
/** The hub sends only so much ahead of what is acknowledged. */
const acknowledgeEvery = 50;
/** The hub closes a socket with these when the session ended, or may do something else now. */
const cutOffCodes = [4401, 4408];

/**
 * The one socket of the page. It is open while somebody is signed in, comes back by itself, and asks for what it
 * missed by sequence number; a listener hears every event once.
 */
class Live {
  #state: LiveState = "connecting";
  #seq: number | undefined;
  #socket: WebSocket | undefined;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #unacknowledged = 0;
  readonly #listeners = new Set<Listener>();
  readonly #watchers = new Set<() => void>();
  readonly #cutOff = new Set<() => void>();

  open(): () => void {
    const again = () => this.#connect();
    addEventListener("online", again);
    this.#connect();
    return () => {
      removeEventListener("online", again);
      clearTimeout(this.#retry);
      this.#end();
      this.#seq = undefined;
      this.#become("connecting");
    };
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Hears when what the reader may do has changed, or has ended. */
  whenCutOff = (listener: () => void): (() => void) => {
    this.#cutOff.add(listener);
    return () => this.#cutOff.delete(listener);
  };

  state = (): LiveState => this.#state;

  #connect(): void {
    clearTimeout(this.#retry);
    this.#end();
    const url = new URL("/api/v1/live", location.origin);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("acks", "true");
    if (this.#seq !== undefined) url.searchParams.set("since", String(this.#seq));
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#unacknowledged = 0;
    socket.addEventListener("open", () => this.#keepAlive(socket));
    socket.addEventListener("message", ({ data }) => {
      this.#heardAt = Date.now();
      if (data === "pong") return;
      this.#hear(JSON.parse(String(data)) as LiveMessage);
      this.#acknowledge(socket);
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket !== socket) return;
      this.#comeBack();
      if (cutOffCodes.includes(code)) for (const listener of this.#cutOff) listener();
    });
  }

  #hear(message: LiveMessage): void {
    this.#attempts = 0;
    this.#become("live");
    if (message.type === "hello") {
      this.#seq ??= message.seq;
      return;
    }
    if ("seq" in message) {
      if (message.type !== "reset" && message.seq <= (this.#seq ?? 0)) return;
      this.#seq = message.seq;
    }
    for (const listener of this.#listeners) listener(message);
  }

  #acknowledge(socket: WebSocket): void {
    this.#unacknowledged += 1;
    if (this.#unacknowledged < acknowledgeEvery || socket !== this.#socket) return;
    this.#unacknowledged = 0;
    socket.send(JSON.stringify({ ack: this.#seq ?? 0 }));
  }

  /** A line that died without a word is noticed by the answer that does not come. */
  #keepAlive(socket: WebSocket): void {
    this.#heardAt = Date.now();
    this.#heartbeat = setInterval(() => {
      if (Date.now() - this.#heardAt > pingEveryMs + answerWithinMs) return this.#comeBack();
      socket.send("ping");
    }, pingEveryMs);
  }

  #comeBack(): void {
    this.#end();
    this.#become("offline");
    const wait = Math.min(longestWaitMs, 500 * 2 ** this.#attempts) * (0.75 + Math.random() / 2);
    this.#attempts += 1;
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #end(): void {
    clearInterval(this.#heartbeat);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #become(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

export const live = new Live();

export const useLiveState = (): LiveState => useSyncExternalStore(live.watch, live.state);

/** Hears every live message while the component stands. `listener` must keep its identity. */
export function useLive(listener: Listener): void {
  useEffect(() => live.subscribe(listener), [listener]);
}
