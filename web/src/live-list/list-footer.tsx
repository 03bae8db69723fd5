import { CircleAlert, LoaderCircle } from "lucide-react";
import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import type { ListState } from "./live-list";

type ListFooterProps = {
  list: { retry: () => void };
  state: ListState;
  filtered: boolean;
  say: {
    loaded: (count: number) => string;
    all: (count: number) => string;
    matching: (count: number) => string;
    more: string;
    searching: string;
  };
};

/** How much of the list is here, and what became of the request for more. */
export function ListFooter({ list, state, filtered, say }: ListFooterProps) {
  const { size, complete, error, phase } = state;
  const all = filtered ? say.matching : say.all;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center justify-between gap-x-4 border-t border-line px-4 py-1 text-[0.8125rem] text-muted">
      <span className="tabular-nums">{complete ? all(size) : say.loaded(size)}</span>
      {error !== undefined ? (
        <span role="alert" className="flex min-w-0 items-center gap-2 text-danger">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          <span className="wrap-anywhere">
            {error instanceof ApiError ? error.message : words.errors.network}
          </span>
          <Button size="small" onClick={() => list.retry()}>
            {words.common.retry}
          </Button>
        </span>
      ) : phase === "more" ? (
        <span className="flex items-center gap-2">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {filtered ? say.searching : say.more}
        </span>
      ) : null}
    </div>
  );
}
