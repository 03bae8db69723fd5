import { Archive, TriangleAlert } from "lucide-react";
import type { CallResult } from "../../../../shared/contracts/calls";
import { Badge } from "../../ui/badge";
import { RelativeTime } from "../../ui/time";
import { activityMore } from "../../words/activity-more";

const { kept: text } = activityMore;

/** Says that an answer is a kept one, and from when. */
export function KeptNote({ cached: { at, stale } }: { cached: NonNullable<CallResult["cached"]> }) {
  const Icon = stale ? TriangleAlert : Archive;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Badge tone={stale ? "warning" : "neutral"} icon={<Icon aria-hidden className="size-3.5" />}>
        {stale ? text.stale : text.fresh}
      </Badge>
      <span>
        {text.from} <RelativeTime at={at} />. {stale ? text.staleWhy : text.freshWhy}
      </span>
    </p>
  );
}
