export type Line = { kind: "same" | "removed" | "added"; text: string };
export type Hunk = { lines: Line[]; folded: boolean };

/** Beyond so many comparisons a changed middle is shown as replaced as a whole. */
const maxCells = 4_000_000;

/** What became of `before`, line by line: the longest common part stays. */
export function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return [
    ...lines("same", before.slice(0, start)),
    ...middle(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...lines("same", before.slice(before.length - tail)),
  ];
}

const lines = (kind: Line["kind"], texts: readonly string[]): Line[] =>
  texts.map((text) => ({ kind, text }));

function middle(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  if (before.length * after.length > maxCells)
    return [...lines("removed", before), ...lines("added", after)];
  // common[i * width + j]: how many lines before[i..] and after[j..] have in common.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const removed = before[i];
    const added = after[j];
    if (removed !== undefined && removed === added) {
      found.push({ kind: "same", text: removed });
      i += 1;
      j += 1;
    } else if (removed !== undefined && (added === undefined || at(i + 1, j) >= at(i, j + 1))) {
      found.push({ kind: "removed", text: removed });
      i += 1;
    } else {
      found.push({ kind: "added", text: added ?? "" });
      j += 1;
    }
  }
  return found;
}

/** Long stretches without a change are folded; `context` lines beside a change stay. */
export function foldSame(all: readonly Line[], context = 3): Hunk[] {
  const near = all.map((_, index) =>
    all
      .slice(Math.max(0, index - context), index + context + 1)
      .some(({ kind }) => kind !== "same"),
  );
  const hunks: Hunk[] = [];
  for (const [index, line] of all.entries()) {
    const folded = !near[index];
    const last = hunks.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else hunks.push({ lines: [line], folded });
  }
  return hunks;
}

/** Where two versions of one line differ: what stands before and behind is the same in both. */
export function changedPart(before: string, after: string): { from: number; behind: number } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && before.at(-1 - behind) === after.at(-1 - behind)) behind += 1;
  return { from, behind };
}
