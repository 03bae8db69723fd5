import { useQuery } from "@tanstack/react-query";
import { words } from "../words";
import { openNoticesQuery } from "./queries";

/** How many notices are open, beside the inbox in the navigation. */
export function OpenCount() {
  const { data } = useQuery(openNoticesQuery);
  const count = data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="ml-auto rounded-md bg-warning-soft px-1.5 text-xs font-medium text-warning">
      <span aria-hidden>{data?.nextCursor === null ? count : `${count}+`}</span>
      <span className="sr-only">{words.notices.unread(count)}</span>
    </span>
  );
}
