// Somebody who watches the live stream, one way or another, and notes what comes.
import { get, type ClientRequest } from "node:http";
import type { LiveMessage } from "../../shared/contracts/live.ts";
import type { HubProcess } from "../hub-process.ts";

export type Way = "socket" | "events";

/** A viewer of the dashboard's kind acknowledges now and then. */
const ackEvery = 50;

export class Viewer {
  readonly way: Way;
  /** Milliseconds from each event's own time to its being heard, of those that happened while they watched. */
  readonly latencies: number[] = [];
  seq = 0;
  gaps = 0;
  duplicates = 0;
  resets = 0;
  readonly #hub: Pick<HubProcess, "url" | "apiKey">;
  #openedAt = 0;
  #greeted = false;
  #sinceAck = 0;
  #hangUp = () => {};
  #ack = () => {};

  constructor(hub: Pick<HubProcess, "url" | "apiKey">, way: Way) {
    this.#hub = hub;
    this.way = way;
  }

  /** Watches, from where they were before. */
  async open(): Promise<void> {
    const since = this.#greeted ? `since=${this.seq}&` : "";
    const heard = Promise.withResolvers<undefined>();
    const take = (message: LiveMessage) => {
      this.#take(message);
      heard.resolve(undefined);
    };
    if (this.way === "socket") this.#openSocket(`?${since}acks=true&batch=true`, take);
    else this.#openEvents(take);
    await heard.promise;
    this.#openedAt = Date.now();
  }

  close(): void {
    this.#hangUp();
  }

  #openSocket(path: string, take: (message: LiveMessage) => void): void {
    const socket = new WebSocket(`${this.#hub.url.replace("http", "ws")}/api/v1/live${path}`, {
      headers: { authorization: `Bearer ${this.#hub.apiKey}` },
    });
    let open = true;
    this.#hangUp = () => {
      open = false;
      socket.close();
    };
    this.#ack = () => socket.send(JSON.stringify({ ack: this.seq }));
    socket.addEventListener("message", ({ data }) => {
      if (!open) return;
      for (const message of JSON.parse(String(data)) as LiveMessage[]) take(message);
    });
  }

  #openEvents(take: (message: LiveMessage) => void): void {
    let text = "";
    const request = openEvents(this.#hub, this.#greeted ? this.seq : null, (chunk) => {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = block.slice(block.indexOf("data: ") + 6);
        if (block.includes("data: ")) take(JSON.parse(data) as LiveMessage);
      }
    });
    this.#hangUp = () => request.destroy();
    this.#ack = () => {};
  }

  #take(message: LiveMessage): void {
    if (message.type === "hello" && !this.#greeted) {
      this.#greeted = true;
      this.seq = message.seq;
    }
    if (message.type === "reset") this.resets += 1;
    if (message.type === "event") {
      const { seq, event } = message;
      if (seq <= this.seq) this.duplicates += 1;
      if (seq > this.seq + 1) this.gaps += 1;
      this.seq = Math.max(this.seq, seq);
      if (this.#openedAt > 0 && event.at > this.#openedAt)
        this.latencies.push(Date.now() - event.at);
    }
    this.#sinceAck += 1;
    if (this.#sinceAck < ackEvery) return;
    this.#sinceAck = 0;
    this.#ack();
  }
}

/** The stream as server-sent events, chunk by chunk as they come; `pause` on its answer stops the reading. */
export function openEvents(
  hub: Pick<HubProcess, "url" | "apiKey">,
  lastEventId: number | null,
  take: (chunk: string) => void,
): ClientRequest {
  const request = get(`${hub.url}/api/v1/live`, {
    agent: false,
    headers: {
      accept: "text/event-stream",
      authorization: `Bearer ${hub.apiKey}`,
      ...(lastEventId === null ? {} : { "last-event-id": String(lastEventId) }),
    },
  });
  request.on("response", (answer) => answer.setEncoding("utf8").on("data", take));
  // Hanging up is no fault here: whoever was cut off shows by what they did not hear.
  request.on("error", () => {});
  return request;
}
