import { UnfoldVertical } from "lucide-react";
import { Fragment, useMemo, useState } from "react";
import { words } from "../words";
import { changedPart, foldSame, type Line } from "./line-diff";

const said = words.connections.held;
const looks = { same: "", removed: "bg-danger-soft", added: "bg-success-soft" };
const signs = { same: " ", removed: "−", added: "+" };
const spoken = { same: "", removed: said.removed, added: said.added };

/** A difference to read: what was, what is now, and where within a line. */
export function DiffView({ lines, label }: { lines: readonly Line[]; label: string }) {
  const hunks = useMemo(() => foldSame(lines), [lines]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  if (lines.every(({ kind }) => kind === "same"))
    return <p className="border-y border-line px-4 py-3 text-sm">{said.noVisible}</p>;
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="max-h-[70dvh] overflow-y-auto border-y border-line font-mono text-[0.8125rem] leading-6 -outline-offset-2"
    >
      {hunks.map((hunk, index) =>
        hunk.folded && !unfolded.has(index) ? (
          <button
            key={index}
            type="button"
            onClick={() => setUnfolded(new Set([...unfolded, index]))}
            className="flex min-h-8 w-full items-center gap-2 bg-raised px-4 text-left font-sans text-muted -outline-offset-2 hover:text-ink"
          >
            <UnfoldVertical aria-hidden className="size-3.5" />
            {said.fold(hunk.lines.length)}
          </button>
        ) : (
          <Fragment key={index}>
            <Lines lines={hunk.lines} />
          </Fragment>
        ),
      )}
    </div>
  );
}

const Lines = ({ lines }: { lines: readonly Line[] }) =>
  lines.map((line, index) => (
    <div key={index} className={`flex px-4 ${looks[line.kind]}`}>
      <span aria-hidden className="w-5 shrink-0 select-none text-muted">
        {signs[line.kind]}
      </span>
      {line.kind === "same" ? null : <span className="sr-only">{spoken[line.kind]} </span>}
      <bdi className="min-w-0 whitespace-pre-wrap wrap-anywhere">
        <Marked line={line} other={counterpart(lines, index)} />
      </bdi>
    </div>
  ));

/** The line that took this one's place, where one line became one other. */
function counterpart(lines: readonly Line[], index: number): Line | undefined {
  const kind = lines[index]?.kind;
  const at = kind === "removed" ? index + 1 : index - 1;
  const [before, other, after] = [
    lines[Math.min(at, index) - 1],
    lines[at],
    lines[Math.max(at, index) + 1],
  ];
  const alone = before?.kind !== "removed" && after?.kind !== "added";
  const wanted = kind === "removed" ? "added" : "removed";
  return kind !== "same" && alone && other?.kind === wanted ? other : undefined;
}

function Marked({ line: { text, kind }, other }: { line: Line; other: Line | undefined }) {
  if (!other) return text;
  const { from, behind } = changedPart(text, other.text);
  return (
    <>
      {text.slice(0, from)}
      <mark
        className={`rounded-sm bg-transparent font-semibold underline decoration-2 underline-offset-3 ${kind === "added" ? "text-success" : "text-danger"}`}
      >
        {text.slice(from, text.length - behind)}
      </mark>
      {text.slice(text.length - behind)}
    </>
  );
}
