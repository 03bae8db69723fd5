import { Ban, CircleAlert, CircleCheck, CircleX, LoaderCircle, Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { Badge, type Tone } from "../../ui/badge";
import { formatDuration } from "../../ui/time";
import { words } from "../../words";
import type { Run } from "./run-state";

const { status: text } = words.playground.run;
type Ending = keyof typeof text;
const looks: Record<Ending, { tone: Tone; icon: typeof Ban }> = {
  answered: { tone: "success", icon: CircleCheck },
  toolError: { tone: "danger", icon: CircleX },
  refused: { tone: "warning", icon: CircleAlert },
  failed: { tone: "danger", icon: CircleX },
  unreachable: { tone: "danger", icon: Unplug },
  cancelled: { tone: "neutral", icon: Ban },
  broken: { tone: "warning", icon: Unplug },
};

export function endingOf({ outcome, executionId }: Run): Ending | undefined {
  if (!outcome) return undefined;
  if (outcome.kind === "answered" && outcome.call.result["isError"] === true) return "toolError";
  // What was admitted did run; what was not never reached the server.
  if (outcome.kind === "refused" && executionId !== undefined) return "failed";
  return outcome.kind;
}

/** How a run stands, and for how long. */
export function RunStatus({ run }: { run: Run }) {
  const ending = endingOf(run);
  const look = ending && looks[ending];
  const Icon = look?.icon ?? LoaderCircle;
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <Badge
        tone={look?.tone ?? "accent"}
        icon={<Icon aria-hidden className={look ? "size-3.5" : "size-3.5 animate-spin"} />}
      >
        {ending === undefined ? words.playground.run.running : text[ending]}
      </Badge>
      <Elapsed from={run.startedAt} to={run.endedAt} />
    </p>
  );
}

function Elapsed({ from, to }: { from: number; to: number | undefined }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (to !== undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [to]);
  return (
    <span className="text-sm text-muted tabular-nums">
      {formatDuration(Math.max(0, (to ?? now) - from))}
    </span>
  );
}
