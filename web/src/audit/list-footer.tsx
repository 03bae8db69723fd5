import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { CircleAlert, LoaderCircle } from "lucide-react";
import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import { audit as auditWords } from "../words/audit";

const { footer, retention } = auditWords;

type AuditList = UseInfiniteQueryResult<InfiniteData<{ keptForDays: number }>>;

/** How much of the log is here, how long it is kept, and what became of the request for more. */
export function ListFooter({ list, count }: { list: AuditList; count: number }) {
  const { error } = list;
  const days = list.data?.pages[0]?.keptForDays;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-0.5 border-t border-line px-4 py-1.5 text-[0.8125rem] text-muted">
      <span className="tabular-nums">
        {list.hasNextPage ? footer.loaded(count) : footer.all(count)}
      </span>
      {error ? (
        <span role="alert" className="flex min-w-0 items-center gap-2 text-danger">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          <span className="wrap-anywhere">
            {error instanceof ApiError ? error.message : words.errors.network}
          </span>
          <Button
            size="small"
            onClick={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
          >
            {words.common.retry}
          </Button>
        </span>
      ) : list.isFetchingNextPage ? (
        <span className="flex items-center gap-2">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {footer.more}
        </span>
      ) : days === undefined ? null : (
        <span>{retention(days)}</span>
      )}
    </div>
  );
}
