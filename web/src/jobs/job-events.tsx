import type { JobEvent } from "../../../shared/contracts/jobs";
import { Event } from "../executions/event-timeline";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { clockTime, formatDuration } from "../ui/time";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import type { useJobEvents } from "./use-job";
import { isJobEvent } from "./waterfall";

const text = say.detail;

/** What happened to a job and in its attempts, from its creation on. */
export function JobEvents({
  log: { query, events },
  createdAt,
}: {
  log: ReturnType<typeof useJobEvents>;
  createdAt: number;
}) {
  if (query.isPending) return <SkeletonRows rows={3} className="h-8" />;
  if (query.isError && !query.data)
    return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  if (events.length === 0) return <p className="text-[0.8125rem] text-muted">{text.noEvents}</p>;
  return (
    <>
      <ol className="flex flex-col">
        {events.map((event) =>
          isJobEvent(event) ? (
            <OwnEvent key={event.seq} event={event} createdAt={createdAt} />
          ) : (
            <Event key={event.seq} event={event} startedAt={createdAt} />
          ),
        )}
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

function OwnEvent({ event, createdAt }: { event: JobEvent; createdAt: number }) {
  const said = whatOf(event);
  return (
    <li className="relative grid grid-cols-[0.5rem_minmax(0,1fr)_auto] gap-x-3 pb-3 text-[0.8125rem] last:pb-0 before:absolute before:top-3 before:bottom-[-0.25rem] before:left-[0.21875rem] before:w-px before:bg-line last:before:hidden">
      <span aria-hidden className="relative mt-1.5 size-2 rounded-full bg-accent" />
      <div className="min-w-0">
        <p className="font-semibold">{text.event[event.type] ?? plainLine(event.type, 40)}</p>
        {said === "" ? null : <p className="text-muted wrap-anywhere">{said}</p>}
      </div>
      <time dateTime={new Date(event.at).toISOString()} className="text-muted tabular-nums">
        {words.activity.detail.offset(formatDuration(Math.max(0, event.at - createdAt)))}
      </time>
    </li>
  );
}

/** What it says beside its type, as far as it says it. */
function whatOf({ type, data }: JobEvent): string {
  const { status, code, at } = data;
  const parts: string[] = [];
  if (typeof status === "string") {
    const known = { ...words.status.execution, ...say.status } as Record<string, string>;
    parts.push(known[status] ?? plainLine(status, 40));
  }
  if (typeof status === "number") parts.push(text.answeredWith(status));
  if (typeof code === "string") parts.push(plainLine(code, 60));
  if (type === "retry_scheduled" && typeof at === "number") parts.push(text.nextAt(clockTime(at)));
  return parts.join(" · ");
}
