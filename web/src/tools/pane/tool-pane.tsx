import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import { useMay } from "../../shell/use-may";
import { useTitle } from "../../shell/title";
import { plainLine } from "../../ui/foreign";
import { Skeleton, SkeletonRows } from "../../ui/skeleton";
import { ErrorState } from "../../ui/states";
import { words } from "../../words";
import { toolQuery } from "../queries";
import type { PlaygroundSearch } from "../search";
import { RunPanel } from "../runs/run-panel";
import { useRun } from "../runs/run-store";
import { useHistory } from "../stored/use-history";
import { useArguments } from "../use-arguments";
import { usePastCall } from "../use-past-call";
import { useRunTool } from "../use-run-tool";
import { ArgumentsPanel } from "./arguments-panel";
import { ConfirmRun } from "./confirm-run";
import { RunBar } from "./run-bar";
import { ToolHeader } from "./tool-header";
import { ToolNotice } from "./tool-notice";

const RunAsJob = lazy(() =>
  import("../../jobs/run-as-job").then((code) => ({ default: code.RunAsJob })),
);

/** One tool: what it is, its arguments, and its last run. */
export function ToolPane({ toolId, search }: { toolId: string; search: PlaygroundSearch }) {
  const { data: tool, error, refetch } = useQuery(toolQuery(toolId));
  if (tool) return <LoadedTool tool={tool} search={search} />;
  if (error)
    return (
      <>
        <h1 className="sr-only">{words.playground.title}</h1>
        <ErrorState error={error} retry={() => void refetch()} />
      </>
    );
  return (
    <>
      <h1 className="sr-only">{words.playground.title}</h1>
      <Skeleton className="h-8 w-64 max-w-full" />
      <Skeleton className="h-16 w-full" />
      <SkeletonRows rows={3} className="h-16" />
    </>
  );
}

function LoadedTool({ tool, search }: { tool: Tool; search: PlaygroundSearch }) {
  const title = plainLine(tool.title ?? tool.name, 120);
  useTitle(title);
  const args = useArguments(tool.id, tool.inputSchema);
  usePastCall({ toolId: tool.id, search, begin: args.begin });
  const history = useHistory(tool.id, tool.inputSchema);
  const actions = useRunTool(tool, args, history);
  const run = useRun(tool.id);
  const isRunning = run !== undefined && run.endedAt === undefined;
  const canRun = useMay("tools.call") && tool.status !== "quarantined";
  return (
    <div
      className="flex min-w-0 flex-col gap-5"
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        if (canRun && !isRunning) actions.run();
      }}
    >
      <ToolHeader tool={tool} title={title} />
      <ToolNotice tool={tool} />
      <div className="grid min-w-0 items-start gap-6 2xl:grid-cols-2">
        <section aria-label={words.playground.tabs.label} className="flex min-w-0 flex-col gap-4">
          {args.replayOf === undefined ? null : <Repeats id={args.replayOf} />}
          <ArgumentsPanel tool={tool} args={args} search={search} />
          <RunBar
            tool={tool}
            args={args}
            actions={actions}
            history={history}
            canRun={canRun}
            isRunning={isRunning}
            hasRun={run !== undefined}
          />
        </section>
        {run ? <RunPanel run={run} repeat={actions.repeat} /> : null}
      </div>
      <ConfirmRun title={title} actions={actions} />
      <Suspense>
        {actions.state === "job" ? (
          <RunAsJob
            tool={tool}
            title={title}
            args={args.args}
            onBegin={() => history.add(args.args)}
            onClose={actions.dismiss}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

const { repeats } = words.playground.run;

/** Which call is run once more. */
const Repeats = ({ id }: { id: string }) => (
  <p className="text-[0.8125rem] text-muted">
    {repeats.what}{" "}
    <Link
      to="/activity/$executionId"
      params={{ executionId: id }}
      className="rounded text-accent underline-offset-2 hover:underline"
    >
      {repeats.earlier}
    </Link>
    {repeats.how}
  </p>
);
