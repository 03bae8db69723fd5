import { useEffect, useRef } from "react";
import { words } from "../words";
import { Button } from "./button";
import { ErrorNote } from "./states";

/** The end of a list that goes on: loads the next page when one comes near it, or by its button. */
export function LoadMore({
  hasMore,
  loading,
  error,
  load,
}: {
  hasMore: boolean;
  loading: boolean;
  error?: unknown;
  load: () => void;
}) {
  const end = useRef<HTMLDivElement>(null);
  const next = useRef(load);
  next.current = load;
  const watch = hasMore && !loading && !error;
  useEffect(() => {
    if (!watch || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => (entry?.isIntersecting ? next.current() : undefined),
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [watch]);
  if (error) return <ErrorNote error={error} retry={load} />;
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex justify-center">
      <Button busy={loading} onClick={load}>
        {words.common.loadMore}
      </Button>
    </div>
  );
}
