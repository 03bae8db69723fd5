import { shareDone, type Progress } from "../../executions/progress";
import { plainLine } from "../../ui/foreign";
import { words } from "../../words";

const text = words.playground.run;

/** How far a run says it is. Without a total there is a number and a moving bar. */
export function ProgressLine({ progress }: { progress: Progress }) {
  const share = shareDone(progress);
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <bdi className="min-w-0 wrap-anywhere">{plainLine(progress.message ?? "", 300)}</bdi>
        <span className="shrink-0 text-muted tabular-nums">
          {percent === undefined ? progress.done : `${percent} %`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={text.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className={
            percent === undefined
              ? "h-full w-1/3 animate-pulse rounded-full bg-accent"
              : "h-full rounded-full bg-accent transition-[width]"
          }
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
