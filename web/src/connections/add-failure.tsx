import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import { ActionFailure } from "./action-failure";
import { worthSaving } from "./advice";

const said = words.connections.addPage;

/** Why it did not work, whose side it is, and the ways on. */
export function AddFailure({ error, onSave }: { error: Error; onSave: () => void }) {
  const code = error instanceof ApiError ? error.code : "";
  return (
    <section aria-label={said.failed} className="flex min-w-0 flex-col gap-3">
      <ActionFailure error={error} />
      <p className="text-sm text-muted">{said.nothingSaved}</p>
      {worthSaving(code) ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Button size="small" className="min-h-9" onClick={onSave}>
            {said.saveAnyway}
          </Button>
          <span className="text-[0.8125rem] text-muted">{said.saveAnywayHint}</span>
        </div>
      ) : null}
    </section>
  );
}
