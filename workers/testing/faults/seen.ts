import type { Side } from "./faults.ts";

const KEPT_ARGUMENTS = 1000;
const KEPT_NUMBERS = 200_000;
const counters = { connect: "connects", list: "lists", call: "calls" } as const;

/** What reached one fault since its last reset. The counts are exact; what is kept along with them has a bound. */
export class Seen {
  connects = 0;
  lists = 0;
  calls = 0;
  /** The latest calls' arguments. */
  arguments: unknown[] = [];
  /** Every call's `arguments.n`, in order of arrival. */
  counted: (string | number)[] = [];
  /** Requests for the schema that a `$ref` points at. */
  fetched = 0;
  /** Requests being answered now, and those the peer did not wait for. */
  open = 0;
  hangups = 0;
  /** Bytes handed to the peer's connections, headers included. */
  bytes = 0;

  countOf(side: Side): number {
    return this[counters[side]];
  }

  note(side: Side, params: Record<string, unknown>) {
    this[counters[side]]++;
    if (side !== "call") return;
    const given = params["arguments"];
    const size = JSON.stringify(given)?.length ?? 0;
    this.arguments.push(size > 4096 ? { oversized: size } : given);
    if (this.arguments.length > KEPT_ARGUMENTS) this.arguments.shift();
    if (typeof given !== "object" || given === null || !("n" in given)) return;
    if (this.counted.length >= KEPT_NUMBERS) return;
    this.counted.push(typeof given.n === "number" ? given.n : String(given.n).slice(0, 100));
  }
}
