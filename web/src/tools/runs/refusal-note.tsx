import { useEffect, useState } from "react";
import type { ErrorCode } from "../../../../shared/errors";
import { ButtonLink } from "../../ui/button";
import { ErrorNote } from "../../ui/states";
import { words } from "../../words";
import { activityMore } from "../../words/activity-more";
import type { Outcome } from "./call-tool";

const text = words.playground.run;
const leadingToLimits: readonly ErrorCode[] = ["rate_limited", "circuit_open"];

type Refusal = Extract<Outcome, { kind: "refused" }>;

/** Why the hub did not run a tool or could not finish, and the way on. */
export function RefusalNote({
  refusal: { error, retryAfterSeconds },
  endedAt = 0,
}: {
  refusal: Refusal;
  endedAt: number | undefined;
}) {
  const wayOn = text.wayOn[error.code] ?? activityMore.wayOn[error.code];
  return (
    <div className="flex flex-col gap-2">
      <ErrorNote error={error} />
      {wayOn === undefined ? null : <p className="text-sm">{wayOn}</p>}
      {leadingToLimits.includes(error.code) ? (
        <ButtonLink to="/limits" size="small" className="self-start">
          {activityMore.toLimits}
        </ButtonLink>
      ) : null}
      {retryAfterSeconds === undefined ? null : (
        <RetryTime at={endedAt + retryAfterSeconds * 1000} />
      )}
    </div>
  );
}

function RetryTime({ at }: { at: number }) {
  const [now, setNow] = useState(Date.now);
  const seconds = Math.ceil((at - now) / 1000);
  const isOver = seconds <= 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return (
    <p className="text-sm font-medium tabular-nums">
      {isOver ? text.retryNow : text.retryIn(seconds)}
    </p>
  );
}
