import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import type { AuditEntry } from "../../../shared/contracts/audit";
import { moved } from "../executions/moved";
import { useWidth } from "../live-list/use-width";
import { audit as auditWords } from "../words/audit";
import { EntryRow, rowHeights } from "./entry-row";
import type { Names } from "./use-names";

/** From this width on an entry stands in one line. */
const roomForLine = 820;
/** So many rows before the end of what is loaded, more is asked for. */
const ahead = 60;

export function EntryList({
  entries,
  names,
  selected,
  complete,
  pages,
  busy,
  open,
  onNearEnd,
}: {
  entries: readonly AuditEntry[];
  names: Names;
  selected: string | undefined;
  complete: boolean;
  /** How many were loaded: a page without a row is one nevertheless. */
  pages: number;
  busy: boolean;
  open: (entry: AuditEntry) => void;
  onNearEnd: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const [activeId, setActiveId] = useState(selected);
  const layout = useWidth(scroller) >= roomForLine ? "line" : "card";
  const height = rowHeights[layout];
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    useFlushSync: false,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  const near = useRef(onNearEnd);
  near.current = onNearEnd;
  useEffect(() => {
    if (lastRow + ahead >= entries.length) near.current();
  }, [lastRow, entries.length, pages]);

  const optionId = (id: string) => `${idBase}-${id}`;
  const onKeyDown = (event: KeyboardEvent) => {
    const index = entries.findIndex(({ id }) => id === activeId);
    const active = entries[index];
    if (event.key === "Enter" && active) return open(active);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1);
    const next = moved(event.key, { index, size: entries.length, page });
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setActiveId(entries[next]?.id);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  const onClick = ({ target }: MouseEvent) => {
    const id = (target as Element).closest<HTMLElement>("[data-id]")?.dataset["id"];
    const entry = entries.find((each) => each.id === id);
    if (!entry) return;
    setActiveId(entry.id);
    open(entry);
  };
  const isDrawn = rows.some(({ index }) => entries[index]?.id === activeId);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={auditWords.list}
        aria-busy={busy}
        aria-activedescendant={activeId !== undefined && isDrawn ? optionId(activeId) : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={() => {
          if (!isDrawn) setActiveId(entries[virtual.range?.startIndex ?? 0]?.id);
        }}
        className="group/list absolute inset-0 overflow-y-auto overscroll-contain outline-none aria-busy:opacity-60"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const entry = entries[index];
            return entry ? (
              <EntryRow
                key={entry.id}
                id={optionId(entry.id)}
                entry={entry}
                who={names.who(entry.actor)}
                top={start}
                position={index + 1}
                of={complete ? entries.length : -1}
                layout={layout}
                isActive={entry.id === activeId}
                isSelected={entry.id === selected}
              />
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}
