import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { faultOf, origin, type Fault, type Line, type Link } from "./chain.ts";

/** How many entries were found whole, between which numbers, and the first fault. */
export type Found = { checked: number; from: number; to: number; fault: Fault | null };

/**
 * Recomputes the chain of an export in JSON Lines. One that begins behind the first entry says nothing of what that was
 * chained to: it is taken as it stands. Throws on what is no export.
 */
export async function verifyFile(file: string): Promise<Found> {
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
  let last: Link | undefined;
  let from = 0;
  for await (const text of lines) {
    if (text.trim() === "") continue;
    const line = read(text);
    if (last === undefined && line.seq > 1) {
      last = line;
      from = line.seq;
      continue;
    }
    last ??= origin(line.teamId);
    const fault = faultOf(last, line);
    if (fault !== undefined) return { checked: last.seq - from, from, to: last.seq, fault };
    last = { seq: line.seq, hash: line.hash };
  }
  const to = last?.seq ?? 0;
  return { checked: to - from, from, to, fault: null };
}

function read(text: string): Line {
  try {
    const line = JSON.parse(text) as Line;
    if (typeof line.teamId === "string" && Number.isInteger(line.seq) && "kind" in line.actor)
      return line;
  } catch {
    // Told below.
  }
  throw new Error("This is no export of the audit log in JSON Lines.");
}
