const encoder = new TextEncoder();
const keepAliveMs = 15_000;
/** After so much the ledger is told that it has gone out. */
const acknowledgeAfter = { messages: 50, characters: 64 * 1024 };

/** Frames on their way: their last sequence number, how many messages are in them, and their text. */
type Parcel = { seq: number; messages: number; text: string };

/**
 * A viewer's socket as server-sent events. The ledger is told what the network has taken and sends only a little more
 * than that: however slowly somebody reads, next to nothing waits here.
 */
export function liveEvents(socket: WebSocket, expiresAt: number | null): Response {
  // A moment of their own for each, so that not everybody comes back at once.
  const retryMs = 500 + Math.floor(Math.random() * 1500);
  let waiting: Parcel = { seq: 0, messages: 0, text: `retry: ${retryMs}\n\n` };
  let out = { seq: 0, messages: 0, characters: 0 };
  let ended = false;
  let wake = () => {};
  // A dead line is noticed when something is written to it.
  const keepAlive = setInterval(() => wake(), keepAliveMs);

  socket.addEventListener("message", ({ data }) => {
    waiting = joined(waiting, read(String(data)));
    wake();
  });
  for (const end of ["close", "error"] as const)
    socket.addEventListener(end, () => {
      ended = true;
      clearInterval(keepAlive);
      wake();
    });
  socket.accept();
  const body = new ReadableStream<Uint8Array>({ pull, cancel: hangUp }, { highWaterMark: 0 });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });

  /** The network has taken what it was given before. */
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    acknowledge();
    if (waiting.text === "" && !ended) await somethingToSay();
    if (expiresAt !== null && Date.now() >= expiresAt) hangUp();
    if (waiting.text === "" && ended) return controller.close();
    const { seq, messages, text } = waiting;
    waiting = { seq, messages: 0, text: "" };
    controller.enqueue(encoder.encode(text === "" ? ": keep-alive\n\n" : text));
    out = { seq, messages: out.messages + messages, characters: out.characters + text.length };
  }

  function acknowledge(): void {
    const { messages, characters } = acknowledgeAfter;
    if (ended || (out.messages < messages && out.characters < characters)) return;
    socket.send(JSON.stringify({ ack: out.seq }));
    out = { seq: out.seq, messages: 0, characters: 0 };
  }

  /** A message, the end, or the time to say that the line still stands. */
  async function somethingToSay(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    wake = () => resolve(undefined);
    await promise;
  }

  function hangUp(): void {
    if (!ended) socket.close(1000);
    clearInterval(keepAlive);
    ended = true;
  }
}

/** A frame is a line with the sequence number and the count of its messages, and then their text. */
function read(frame: string): Parcel {
  const end = frame.indexOf("\n");
  const [seq = 0, messages = 0] = frame.slice(0, end).split(" ").map(Number);
  return { seq, messages, text: frame.slice(end + 1) };
}

function joined(earlier: Parcel, later: Parcel): Parcel {
  return {
    seq: later.seq,
    messages: earlier.messages + later.messages,
    text: earlier.text + later.text,
  };
}
