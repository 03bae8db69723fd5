import type { Execution } from "../../../shared/contracts/executions";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { partsOf, type Part } from "./timing";

const text = words.activity.detail;
const colours: Record<Part["of"], string> = {
  before: "bg-line-strong",
  server: "bg-accent",
  after: "bg-muted",
};

/** Where the time went, as a bar and in numbers. */
export function TimingBar({ execution }: { execution: Execution }) {
  const parts = partsOf(execution);
  const { status, durationMs } = execution;
  if (status === "running")
    return <p className="text-[0.8125rem] text-muted">{text.timingRunning}</p>;
  if (parts.length === 0 || durationMs === null)
    return (
      <p className="text-[0.8125rem] text-muted">
        {durationMs === null ? null : `${text.total}: ${formatDuration(durationMs)}. `}
        {text.timingUnknown}
      </p>
    );
  return (
    <div className="flex flex-col gap-2.5">
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-line">
        {parts.map(({ of, share }) => (
          <span key={of} className={colours[of]} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-1 text-[0.8125rem]">
        {parts.map(({ of, ms }) => (
          <div key={of} className="contents">
            <dt className="flex items-center gap-2.5">
              <span aria-hidden className={`size-2.5 rounded-sm ${colours[of]}`} />
              {text.parts[of]}
            </dt>
            <dd className="text-right tabular-nums">{formatDuration(ms)}</dd>
          </div>
        ))}
        <div className="contents font-medium">
          <dt className="pl-5">{text.total}</dt>
          <dd className="text-right tabular-nums">{formatDuration(durationMs)}</dd>
        </div>
      </dl>
    </div>
  );
}
