import { RotateCw, Square } from "lucide-react";
import { Button } from "../ui/button";
import { jobs as say } from "../words/jobs";
import type { BulkAction } from "./bulk-dialog";
import type { Selection } from "./selection";

const text = say.bulk;

/** What can be done with the chosen jobs. */
export function BulkBar({
  selection,
  ask,
}: {
  selection: Selection;
  ask: (action: BulkAction) => void;
}) {
  if (!selection.all && selection.size === 0) return null;
  return (
    <section
      aria-label={text.label}
      className="flex min-h-12 flex-wrap items-center gap-2 rounded-xl border border-accent/40 bg-accent-soft px-4 py-2"
    >
      <p role="status" className="mr-auto text-sm font-medium">
        {selection.all ? text.all : text.selected(selection.size)}
      </p>
      {selection.all ? null : (
        <Button size="small" look="quiet" onClick={selection.chooseMatching}>
          {text.selectAll}
        </Button>
      )}
      <Button size="small" look="quiet" onClick={selection.clear}>
        {text.clear}
      </Button>
      <Button
        size="small"
        icon={<Square aria-hidden className="size-3.5" />}
        onClick={() => ask("cancel")}
      >
        {text.cancel}
      </Button>
      <Button
        size="small"
        icon={<RotateCw aria-hidden className="size-3.5" />}
        onClick={() => ask("retry")}
      >
        {text.retry}
      </Button>
    </section>
  );
}
