import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { executionQuery } from "../../executions/queries";
import { TimingBar } from "../../executions/timing-bar";
import { Panel } from "../../ui/page";
import { formatDuration } from "../../ui/time";
import { words } from "../../words";

const { timing: text } = words.playground;
/** An execution is listed a moment after it has ended. */
const listedAfterMs = 700;

/** Where the time of a call went, as the hub recorded it, and what the way between it and this browser added. */
export function TimingPanel({ executionId, seenMs }: { executionId: string; seenMs: number }) {
  const [isListed, setListed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setListed(true), listedAfterMs);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({ ...executionQuery(executionId), enabled: isListed });
  const wayMs = seenMs - (data?.durationMs ?? seenMs);
  return (
    <Panel className="flex flex-col gap-2 p-4">
      <h2 className="text-sm font-medium">{text.title}</h2>
      <div className="min-h-28">{data ? <TimingBar execution={data} /> : null}</div>
      {wayMs > 0 ? (
        <p className="text-[0.8125rem] text-muted">
          {text.seen(formatDuration(seenMs), formatDuration(wayMs))}
        </p>
      ) : null}
    </Panel>
  );
}
