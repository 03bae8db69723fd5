import { ArrowUpRight } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { ButtonLink } from "../../ui/button";
import { Panel } from "../../ui/page";
import { words } from "../../words";
import { ResultView } from "../results/result-view";
import { BrokenNote, UnreachableNote } from "./broken-note";
import { LogLines } from "./log-lines";
import { ProgressLine } from "./progress-line";
import type { Run } from "./run-state";
import { RunStatus } from "./run-status";
import { TimingPanel } from "./timing-panel";
import { useRunAnnouncements } from "./use-run-announcements";

const { run: text } = words.playground;
const KeptNote = lazy(() => import("./kept-note").then((code) => ({ default: code.KeptNote })));
const RefusalNote = lazy(() =>
  import("./refusal-note").then((code) => ({ default: code.RefusalNote })),
);

/** The last run of a tool: how it goes, then how it went. */
export function RunPanel({ run, repeat }: { run: Run; repeat: (run: Run) => void }) {
  useRunAnnouncements(run);
  const frame = useRef<HTMLElement>(null);
  const { executionId, outcome, startedAt } = run;
  const shownFirst = useRef(outcome === undefined ? undefined : startedAt);
  useEffect(() => {
    if (shownFirst.current === startedAt) return;
    shownFirst.current = startedAt;
    if ((frame.current?.getBoundingClientRect().top ?? 0) > innerHeight * 0.6)
      frame.current?.scrollIntoView({ behavior: "smooth", block: "center" });
  }, [startedAt]);
  return (
    <section
      ref={frame}
      aria-label={text.section}
      className="flex min-h-40 min-w-0 scroll-mt-16 flex-col gap-4"
    >
      <Panel className="flex flex-col gap-4 p-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <RunStatus run={run} />
          {executionId === undefined ? null : (
            <ButtonLink
              to="/activity/$executionId"
              params={{ executionId }}
              size="small"
              look="quiet"
              icon={<ArrowUpRight aria-hidden className="size-4" />}
            >
              {text.execution}
            </ButtonLink>
          )}
        </div>
        {run.progress && outcome === undefined ? <ProgressLine progress={run.progress} /> : null}
        {outcome?.kind === "cancelled" ? <p className="text-sm">{text.cancelledWayOn}</p> : null}
        {outcome?.kind === "broken" ? (
          <BrokenNote executionId={executionId} repeat={() => repeat(run)} />
        ) : null}
        {outcome?.kind === "unreachable" ? <UnreachableNote repeat={() => repeat(run)} /> : null}
        <Suspense>
          {outcome?.kind === "refused" ? (
            <RefusalNote refusal={outcome} endedAt={run.endedAt} />
          ) : null}
          {outcome?.kind === "answered" && outcome.call.cached ? (
            <KeptNote cached={outcome.call.cached} />
          ) : null}
        </Suspense>
        <LogLines run={run} />
      </Panel>
      {outcome?.kind === "answered" ? <ResultView result={outcome.call.result} /> : null}
      {outcome?.kind === "answered" && executionId !== undefined ? (
        <TimingPanel
          key={executionId}
          executionId={executionId}
          seenMs={(run.endedAt ?? 0) - run.startedAt}
        />
      ) : null}
    </section>
  );
}
