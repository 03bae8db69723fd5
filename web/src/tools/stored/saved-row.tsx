import type { ReactNode } from "react";
import type { JsonObject } from "../../../../shared/json";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { valueLabel } from "../schema/options";

const { saved } = words.playground;

/** A set of arguments to use: what it is called, and how it begins. */
export function SavedRow({
  label,
  name,
  args,
  use,
  actions,
}: {
  label: ReactNode;
  /** What it is to screen readers. */
  name: string;
  args: JsonObject | undefined;
  use: (args: JsonObject) => void;
  actions?: ReactNode;
}) {
  return (
    <li className="flex min-w-0 items-center gap-3 border-b border-line py-2 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium wrap-anywhere">{label}</p>
        <p className="truncate font-mono text-xs text-muted">
          {args === undefined ? saved.notRecorded : briefly(args)}
        </p>
      </div>
      {args === undefined ? null : (
        <Button size="small" aria-label={saved.useWhat(name)} onClick={() => use(args)}>
          {saved.use}
        </Button>
      )}
      {actions}
    </li>
  );
}

/** "message: hello, count: 3" */
function briefly(args: JsonObject): string {
  const entries = Object.entries(args).slice(0, 5);
  if (entries.length === 0) return saved.noArguments;
  return entries.map(([name, value]) => `${valueLabel(name)}: ${valueLabel(value)}`).join(", ");
}
