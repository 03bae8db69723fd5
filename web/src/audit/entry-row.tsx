import { memo } from "react";
import type { AuditEntry } from "../../../shared/contracts/audit";
import { shortTime } from "../executions/times";
import { classNames } from "../ui/class-names";
import { plainLine } from "../ui/foreign";
import { audit as auditWords } from "../words/audit";
import { actionInWords } from "./action-words";

export const rowHeights = { line: 44, card: 64 };

type RowProps = {
  entry: AuditEntry;
  who: string;
  id: string;
  top: number;
  position: number;
  of: number;
  layout: keyof typeof rowHeights;
  isActive: boolean;
  isSelected: boolean;
};

export const EntryRow = memo(function EntryRow(props: RowProps) {
  const { entry, who, id, top, position, of, layout, isActive, isSelected } = props;
  const time = (
    <time
      dateTime={new Date(entry.at).toISOString()}
      className="truncate text-[0.8125rem] text-muted tabular-nums"
    >
      {shortTime(entry.at, Date.now())}
    </time>
  );
  const what = (
    <span className="truncate">
      <span className={classNames("font-medium", isAlarming(entry.action) && "text-danger")}>
        {actionInWords(entry.action)}
      </span>{" "}
      <bdi className="text-muted">{subjectOf(entry)}</bdi>
    </span>
  );
  const where = (
    <bdi className="truncate text-[0.8125rem] text-muted">
      {entry.address ?? auditWords.detail.unknownAddress}
    </bdi>
  );
  return (
    <div
      role="option"
      id={id}
      data-id={entry.id}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={of}
      style={{ height: rowHeights[layout], transform: `translateY(${top}px)` }}
      className={classNames(
        "absolute inset-x-0 top-0 grid cursor-pointer items-center gap-x-4 border-b border-line px-4 hover:bg-raised",
        layout === "line"
          ? "grid-cols-[7rem_minmax(0,1fr)_minmax(0,13rem)_9.5rem]"
          : "grid-cols-[minmax(0,1fr)_auto] content-center gap-y-1",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
        isActive &&
          "group-focus-visible/list:outline-2 group-focus-visible/list:-outline-offset-2 group-focus-visible/list:outline-accent",
      )}
    >
      {layout === "line" ? (
        <>
          {time}
          {what}
          <bdi className="truncate text-[0.8125rem]">{who}</bdi>
          {where}
        </>
      ) : (
        <>
          {what}
          {time}
          <bdi className="truncate text-[0.8125rem] text-muted">{who}</bdi>
          <span className="flex justify-end">{where}</span>
        </>
      )}
    </div>
  );
});

/** What somebody should look at. */
const isAlarming = (action: string): boolean =>
  action.endsWith(".failed") || action === "api_key.new_address" || action.endsWith(".disable");

/** What it was done to, by name where the entry says one. */
function subjectOf({ before, after, details, subjectId }: AuditEntry): string {
  const named = [after, before, details]
    .flatMap((state) => [state?.["name"], state?.["email"]])
    .find((name) => typeof name === "string" && name !== "");
  return plainLine(typeof named === "string" ? named : subjectId, 80);
}
