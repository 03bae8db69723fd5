import { words } from "../words";
import { classNames } from "./class-names";

/** The place of something that is on its way. Give it the size of what will stand there. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={classNames("block animate-pulse rounded-md bg-raised", className)} />
);

/** Rows of a list that is on its way. */
export function SkeletonRows({
  rows = 5,
  className = "h-14",
}: {
  rows?: number;
  className?: string;
}) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{words.common.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className={classNames("w-full rounded-xl", className)} />
      ))}
    </div>
  );
}
