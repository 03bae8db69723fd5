import { CircleAlert, LoaderCircle } from "lucide-react";
import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import type { JobFeed, JobFeedState } from "./job-feed";

const { footer } = say;

/** How much of the list is here, and what became of the request for more. */
export function JobFooter({
  feed,
  state: { size, complete, error, phase },
  filtered,
}: {
  feed: JobFeed;
  state: JobFeedState;
  filtered: boolean;
}) {
  const all = filtered ? footer.matching : footer.all;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center justify-between gap-x-4 border-t border-line px-4 py-1 text-[0.8125rem] text-muted">
      <span className="tabular-nums">{complete ? all(size) : footer.loaded(size)}</span>
      {error !== undefined ? (
        <span role="alert" className="flex min-w-0 items-center gap-2 text-danger">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          <span className="wrap-anywhere">
            {error instanceof ApiError ? error.message : words.errors.network}
          </span>
          <Button size="small" onClick={() => feed.retry()}>
            {words.common.retry}
          </Button>
        </span>
      ) : phase === "more" ? (
        <span className="flex items-center gap-2">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {footer.more}
        </span>
      ) : null}
    </div>
  );
}
