import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from "react";
import type { Job } from "../../../shared/contracts/jobs";
import type { Names } from "../executions/use-names";
import type { ListState } from "../live-list/live-list";
import { NewAbove } from "../live-list/new-above";
import { useWidth } from "../live-list/use-width";
import { classNames } from "../ui/class-names";
import type { MenuItem } from "../ui/menu";
import { jobs as say } from "../words/jobs";
import type { JobFeed } from "./job-feed";
import { JobRow, lineColumns, rowHeights } from "./job-row";
import type { Selection } from "./selection";

const ahead = 150;
/** From this width on a job stands in one line. */
const roomForLine = 920;

type JobListProps = {
  feed: JobFeed;
  state: ListState;
  names: Names;
  selection: Selection;
  items: (job: Job) => MenuItem[];
};

/** Arrow keys go from row to row, at what had the focus in the one before. */
export function JobList({ feed, state, names, selection, items }: JobListProps) {
  const { jobs } = feed;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const layout = width >= roomForLine ? "line" : "card";
  const height = rowHeights[layout];
  const virtual = useVirtualizer({
    count: state.size,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    useFlushSync: false,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  useEffect(() => feed.want(lastRow + ahead), [feed, lastRow]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => feed.scrolled(element.scrollTop > height / 2);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      element.removeEventListener("scroll", onScroll);
      feed.scrolled(false);
    };
  }, [feed, height]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = event.target as HTMLElement;
    const { focus } = target.dataset;
    const index = Number(target.closest<HTMLElement>("[data-index]")?.dataset["index"]);
    if (step === undefined || focus === undefined || Number.isNaN(index)) return;
    event.preventDefault();
    const next = Math.min(state.size - 1, Math.max(0, index + step));
    virtual.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] [data-focus="${focus}"]`)
        ?.focus({ preventScroll: true }),
    );
  };
  return (
    <div
      role="table"
      aria-label={say.list}
      aria-rowcount={state.complete ? state.size + 1 : -1}
      aria-busy={state.phase === "anew"}
      onKeyDown={onKeyDown}
      className="relative flex min-h-0 flex-1 flex-col aria-busy:opacity-60"
    >
      <Heading layout={layout} jobs={feed.jobs} selection={selection} />
      <div role="presentation" className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="rowgroup"
          className="absolute inset-0 overflow-y-auto overscroll-contain [overflow-anchor:none]"
        >
          <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
            {rows.map(({ index, start }) => {
              const job = jobs.at(index);
              return job ? (
                <JobRow
                  key={job.id}
                  job={job}
                  who={names.who(job.actor)}
                  connection={names.connection(job)}
                  top={start}
                  index={index}
                  layout={layout}
                  isChosen={selection.has(job.id)}
                  choose={selection.choose}
                  items={items}
                />
              ) : null;
            })}
          </div>
        </div>
        <NewAbove state={state} show={() => virtual.scrollToOffset(0)} say={say} />
      </div>
    </div>
  );
}

const { columns } = say;

function Heading({
  layout,
  jobs,
  selection,
}: {
  layout: "line" | "card";
  jobs: JobFeed["jobs"];
  selection: Selection;
}) {
  const ids = jobs.ids();
  const chosen = ids.filter((id) => selection.has(id)).length;
  const isLine = layout === "line";
  return (
    <div role="rowgroup" className="shrink-0 border-b border-line bg-canvas">
      <div
        role="row"
        aria-rowindex={1}
        className={classNames(
          "grid min-h-10 items-center gap-x-4 px-4 text-xs font-medium text-muted",
          isLine ? lineColumns : "grid-cols-[1.25rem_minmax(0,1fr)]",
        )}
      >
        <span role="columnheader" className="grid size-6 place-items-center">
          <input
            type="checkbox"
            className="size-4.5 accent-accent"
            aria-label={say.selectLoaded}
            checked={chosen > 0 && chosen === ids.length}
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < ids.length;
            }}
            onChange={({ target }) => selection.chooseAll(target.checked ? ids : [])}
          />
        </span>
        {isLine ? (
          <>
            <span role="columnheader">{columns.status}</span>
            <span role="columnheader">{columns.what}</span>
            <span role="columnheader">{columns.who}</span>
            <span role="columnheader">{columns.created}</span>
            <span role="columnheader">{columns.attempts}</span>
            <span role="columnheader">{columns.progress}</span>
            <span role="columnheader" className="text-right">
              {columns.duration}
            </span>
            <span role="columnheader" className="sr-only">
              {columns.actions}
            </span>
          </>
        ) : (
          <span role="columnheader" aria-hidden>
            {say.selectLoaded}
          </span>
        )}
      </div>
    </div>
  );
}
