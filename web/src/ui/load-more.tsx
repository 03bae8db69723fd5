import { useEffect, useRef } from "react";
import { words } from "../words";
import { Button } from "./button";
import { classNames } from "./class-names";
import { ErrorNote } from "./states";

type Paged = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => Promise<unknown>;
};

/**
 * The end of a list that goes on: loads the next page when one comes near it, or by its button; `byHand` by the button
 * only, where something else stands below.
 */
export function LoadMore({ list, byHand = false }: { list: Paged; byHand?: boolean }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = list;
  const load = () => void list.fetchNextPage();
  const end = useRef<HTMLDivElement>(null);
  const next = useRef(load);
  next.current = load;
  const watch = !byHand && hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!watch || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => (entry?.isIntersecting ? next.current() : undefined),
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [watch]);
  if (isFetchNextPageError) return <ErrorNote error={error} retry={load} />;
  if (!hasNextPage) return null;
  return (
    <div ref={end} className={classNames("flex", !byHand && "justify-center")}>
      <Button busy={isFetchingNextPage} onClick={load}>
        {words.common.loadMore}
      </Button>
    </div>
  );
}
