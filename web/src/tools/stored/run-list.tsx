import type { JsonObject } from "../../../../shared/json";
import { RelativeTime, relativeTime } from "../../ui/time";
import { words } from "../../words";
import { SavedRow } from "./saved-row";
import type { History } from "./use-history";

const { saved } = words.playground;

export function RunList({ history, use }: { history: History; use: (args: JsonObject) => void }) {
  const runs = history.runs();
  if (runs.length === 0) return <p className="text-muted">{saved.noRuns}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-[0.8125rem] text-muted">{saved.kept}</p>
      <ul>
        {runs.map(({ at, args }) => (
          <SavedRow
            key={at}
            label={<RelativeTime at={at} />}
            name={relativeTime(at, Date.now())}
            args={args}
            use={use}
          />
        ))}
      </ul>
    </div>
  );
}
