import { ChevronRight, CircleCheck } from "lucide-react";
import { classNames } from "../ui/class-names";
import { Panel } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { StepRow } from "./step-row";
import { nextStep, stepIds, type StepId } from "./steps";
import type { Steps } from "./use-steps";

const { steps: say } = words.home;

/** The way in. Once it is gone, it is one line that can be opened. */
export function Checklist({ done, before, error, retry, open, setOpen }: Steps) {
  if (done === undefined && error) return <ErrorNote error={error} retry={retry} />;
  if (done === undefined) return <ChecklistSkeleton before={before ?? []} open={open} />;
  const finished = done.length === stepIds.length;
  return (
    <Panel>
      <section>
        <h2 className="text-base">
          {finished ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="flex min-h-12 w-full items-center gap-2.5 rounded-xl px-4 py-2 text-left text-sm font-medium hover:bg-raised"
            >
              <CircleCheck aria-hidden className="size-5 shrink-0 text-success" />
              <span className="min-w-0 flex-1">{say.finished}</span>
              <ChevronRight
                aria-hidden
                className={classNames("size-4 shrink-0 transition-transform", open && "rotate-90")}
              />
              <span className="sr-only">{say.show}</span>
            </button>
          ) : (
            <span className="flex min-h-12 items-center justify-between gap-3 px-4">
              {say.title}
              <span className="text-[0.8125rem] font-normal text-muted">
                {say.progress(done.length, stepIds.length)}
              </span>
            </span>
          )}
        </h2>
        {finished && !open ? null : (
          <ol className="divide-y divide-line border-t border-line">
            {stepIds.map((id, at) => (
              <StepRow
                key={id}
                id={id}
                number={at + 1}
                isDone={done.includes(id)}
                isNext={nextStep(done) === id}
                canRepeat={finished}
              />
            ))}
          </ol>
        )}
      </section>
    </Panel>
  );
}

/** As tall as what comes, as far as can be known. */
function ChecklistSkeleton({ before, open }: { before: StepId[]; open: boolean }) {
  const finished = before.length === stepIds.length;
  return (
    <Panel>
      <div role="status" className="flex h-12 items-center px-4">
        <span className="sr-only">{words.common.loading}</span>
        <Skeleton className="h-5 w-40" />
      </div>
      {finished && !open
        ? null
        : stepIds.map((id) => (
            <div
              key={id}
              aria-hidden
              className={classNames(
                "flex items-center gap-3 border-t border-line px-4",
                before.includes(id) && !finished ? "h-11" : "h-30 sm:h-17",
              )}
            >
              <Skeleton className="size-6 rounded-full" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          ))}
    </Panel>
  );
}
