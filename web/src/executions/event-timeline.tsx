import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Execution, ExecutionEvent } from "../../../shared/contracts/executions";
import type { LiveMessage } from "../../../shared/contracts/live";
import { useLive } from "../live";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { shareDone } from "./progress";
import { eventsQuery } from "./queries";
import { mergedEvents, saidBy, type Said } from "./timeline";

const text = words.activity.detail;

/** What happened during a call, from its start on; what comes while it runs is added. */
export function EventTimeline({ execution }: { execution: Execution }) {
  const { id, startedAt } = execution;
  const query = useInfiniteQuery(eventsQuery(id));
  const heard = useHeard(id);
  if (query.isPending) return <SkeletonRows rows={2} className="h-8" />;
  if (query.isError && !query.data)
    return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  const loaded = query.data.pages.flatMap(({ items }) => items);
  const events = mergedEvents(loaded, query.hasNextPage ? [] : heard);
  if (events.length === 0) return <p className="text-[0.8125rem] text-muted">{text.noEvents}</p>;
  return (
    <>
      <ol className="flex flex-col">
        {events.map((event) => (
          <Event key={event.seq} event={event} startedAt={startedAt} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button
          size="small"
          className="self-start"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.common.loadMore}
        </Button>
      ) : null}
    </>
  );
}

function useHeard(id: string): ExecutionEvent[] {
  const [heard, setHeard] = useState<ExecutionEvent[]>([]);
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type !== "event" || message.event.executionId !== id) return;
        const { event } = message;
        setHeard((before) => [...before, event]);
      },
      [id],
    ),
  );
  return heard;
}

const dots: Partial<Record<ExecutionEvent["type"], string>> = {
  started: "bg-accent",
  input_required: "bg-warning",
  finished: "bg-ink",
};

/** One event, and how long after `startedAt` it happened. */
export function Event({ event, startedAt }: { event: ExecutionEvent; startedAt: number }) {
  return (
    <li className="relative grid grid-cols-[0.5rem_minmax(0,1fr)_auto] gap-x-3 pb-3 text-[0.8125rem] last:pb-0 before:absolute before:top-3 before:bottom-[-0.25rem] before:left-[0.21875rem] before:w-px before:bg-line last:before:hidden">
      <span
        aria-hidden
        className={classNames(
          "relative mt-1.5 size-2 rounded-full",
          dots[event.type] ?? "bg-line-strong",
        )}
      />
      <div className="min-w-0">
        <p className="font-medium">{text.event[event.type]}</p>
        <What said={saidBy(event)} />
      </div>
      <time dateTime={new Date(event.at).toISOString()} className="text-muted tabular-nums">
        {text.offset(formatDuration(Math.max(0, event.at - startedAt)))}
      </time>
    </li>
  );
}

function What({ said }: { said: Said }) {
  switch (said.kind) {
    case "progress": {
      const { done, total, message } = said.progress;
      const share = shareDone(said.progress);
      return (
        <div className="flex flex-col gap-1">
          <p className="text-muted wrap-anywhere">
            {words.activity.progress(done, total)}
            {message === undefined ? null : <bdi> · {message}</bdi>}
          </p>
          {share === undefined ? null : (
            <span aria-hidden className="h-1 w-full max-w-48 overflow-hidden rounded-full bg-line">
              <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
            </span>
          )}
        </div>
      );
    }
    case "log":
      return (
        <p className="wrap-anywhere whitespace-pre-wrap text-muted">
          {said.level === "" ? null : <span className="font-medium">{said.level} </span>}
          <bdi>{said.text}</bdi>
        </p>
      );
    case "end": {
      const status = said.status as keyof typeof words.status.execution;
      return <p className="text-muted">{words.status.execution[status] ?? null}</p>;
    }
    case "nothing":
      return null;
  }
}
