import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import type { Execution } from "../../../shared/contracts/executions";
import type { ListState } from "../live-list/live-list";
import { NewAbove } from "../live-list/new-above";
import { useWidth } from "../live-list/use-width";
import { words } from "../words";
import { ExecutionRow, rowHeights } from "./execution-row";
import type { Feed } from "./feed";
import { moved } from "./moved";
import { useKeepLoading } from "./use-keep-loading";

const overscan = 10;
/** From this width on a call stands in one line. */
const roomForLine = 820;

type ExecutionListProps = {
  feed: Feed;
  state: ListState;
  selected: string | undefined;
  open: (execution: Execution) => void;
  who: (actor: Execution["actor"]) => string;
  connection: (execution: Execution) => string;
};

export function ExecutionList({
  feed,
  state,
  selected,
  open,
  who,
  connection,
}: ExecutionListProps) {
  const { executions } = feed;
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const [activeId, setActiveId] = useState(selected);
  const width = useWidth(scroller);
  const layout = width >= roomForLine ? "line" : "card";
  const height = rowHeights[layout];
  const virtual = useVirtualizer({
    count: state.size,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    initialOffset: feed.offset,
    overscan,
    useFlushSync: false,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const rows = virtual.getVirtualItems();
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1);
  const onEnd = useCallback(
    () => setActiveId(executions.at(executions.size - 1)?.id),
    [executions],
  );
  useKeepLoading({ feed, scroller, lastRow: rows.at(-1)?.index ?? 0, onEnd });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      feed.offset = element.scrollTop;
      feed.scrolled(element.scrollTop > height / 2);
    };
    onScroll();
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [feed, height]);

  const optionId = (id: string) => `${idBase}-${id}`;
  const activate = (index: number) => {
    const execution = executions.at(index);
    if (!execution) return;
    setActiveId(execution.id);
    virtual.scrollToIndex(index, { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = activeId === undefined ? -1 : executions.indexOf(activeId);
    const active = executions.at(index);
    if (event.key === "Enter" && active) return open(active);
    const next = moved(event.key, { index, size: state.size, page });
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    activate(next);
  };
  const onClick = ({ target }: MouseEvent) => {
    const id = (target as Element).closest<HTMLElement>("[data-id]")?.dataset["id"];
    const execution = id === undefined ? undefined : executions.at(executions.indexOf(id));
    if (!execution) return;
    setActiveId(execution.id);
    open(execution);
  };
  const isDrawn = rows.some(({ index }) => executions.at(index)?.id === activeId);
  const onFocus = () => {
    if (!isDrawn) setActiveId(executions.at(virtual.range?.startIndex ?? 0)?.id);
  };
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={words.activity.list}
        aria-busy={state.phase === "anew"}
        aria-activedescendant={activeId !== undefined && isDrawn ? optionId(activeId) : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
        className="group/list absolute inset-0 overflow-y-auto overscroll-contain outline-none [overflow-anchor:none] aria-busy:opacity-60"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const execution = executions.at(index);
            return execution ? (
              <ExecutionRow
                key={execution.id}
                id={optionId(execution.id)}
                execution={execution}
                progress={executions.progressOf(execution.id)}
                who={who(execution.actor)}
                connection={connection(execution)}
                top={start}
                position={index + 1}
                of={state.complete ? state.size : -1}
                layout={layout}
                isActive={execution.id === activeId}
                isSelected={execution.id === selected}
              />
            ) : null;
          })}
        </div>
      </div>
      {state.size === 0 ? (
        <p className="absolute inset-x-4 top-12 text-center text-muted">
          {words.activity.nothingSoFar}
        </p>
      ) : null}
      <NewAbove state={state} show={() => virtual.scrollToOffset(0)} say={words.activity} />
    </div>
  );
}
