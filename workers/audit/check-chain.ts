import { hashOf, type AuditRow, type Link } from "./chain";

export type ChainFault = { seq: number; id: string | null; reason: string };

/**
 * Walks entries in the order of their numbers, on from `from`. Answers with the last one that is whole, and with the
 * first fault. `noted` are hashes by number that were kept elsewhere when the entries were written.
 */
export async function checkChain(
  from: Link,
  rows: readonly AuditRow[],
  noted: ReadonlyMap<number, string> = new Map(),
): Promise<{ last: Link; fault: ChainFault | null }> {
  const hashes = await Promise.all(
    rows.map((row, place) => hashOf(rows[place - 1]?.hash ?? from.hash, row)),
  );
  let last = from;
  for (const [place, row] of rows.entries()) {
    const { seq, hash } = row;
    const fault = faultOf(last, row, {
      hash: hashes[place] ?? "",
      noted: noted.get(seq),
    });
    if (fault !== undefined) return { last, fault };
    last = { seq, hash };
  }
  return { last, fault: null };
}

function faultOf(
  last: Link,
  { seq, id, hash }: AuditRow,
  is: { hash: string; noted: string | undefined },
): ChainFault | undefined {
  const expected = last.seq + 1;
  if (seq !== expected) return missing(expected, seq - 1);
  if (hash !== is.hash)
    return {
      seq,
      id,
      reason: `Entry ${seq} does not follow from the one before it: it was changed, moved or put in after it was written${seq > 1 ? `, or entry ${seq - 1} was and its hash with it` : ""}.`,
    };
  if (is.noted !== undefined && is.noted !== hash)
    return {
      seq,
      id,
      reason: `Entry ${seq} is not the one that was written: the log was written anew up to here, or from here on.`,
    };
  return undefined;
}

export const missing = (first: number, last: number): ChainFault => ({
  seq: first,
  id: null,
  reason:
    first === last ? `Entry ${first} is missing.` : `The entries ${first} to ${last} are missing.`,
});
