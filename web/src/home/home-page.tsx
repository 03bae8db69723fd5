import { useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { meQuery } from "../shell/queries";
import { useMay } from "../shell/use-may";
import { plainLine } from "../ui/foreign";
import { Skeleton } from "../ui/skeleton";
import { Page, Panel } from "../ui/page";
import { words } from "../words";
import { Checklist } from "./checklist";
import { Failures } from "./failures";
import { LastDay } from "./last-day";
import { LatestCalls } from "./latest-calls";
import { NeedsYou } from "./needs-you";
import { useNews } from "./use-news";
import { useSteps } from "./use-steps";

const CallsChart = lazy(() =>
  import("./calls-chart").then((code) => ({ default: code.CallsChart })),
);

export function HomePage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const mayLook = useMay("executions.read");
  const maySetUp = useMay("connections.read") && mayLook;
  return (
    <Page
      title={words.home.title}
      description={words.home.greeting(plainLine(me.person.name, 60), plainLine(me.team.name, 60))}
    >
      {maySetUp ? <Whole /> : mayLook ? <Calls /> : <NeedsYou />}
    </Page>
  );
}

function Whole() {
  const steps = useSteps();
  // How tall the list of steps is, is not known on the first visit: what stands below it waits rather than jump.
  const settled = steps.done ?? steps.before ?? steps.error;
  return (
    <>
      <Checklist {...steps} />
      {settled ? <Calls /> : null}
    </>
  );
}

function Calls() {
  useNews();
  return (
    <>
      <LastDay />
      <Suspense
        fallback={
          <Panel className="flex min-h-56 flex-col p-4">
            <Skeleton className="w-full grow" />
          </Panel>
        }
      >
        <CallsChart />
      </Suspense>
      <div className="grid min-w-0 items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <NeedsYou />
          <Failures />
        </div>
        <LatestCalls />
      </div>
    </>
  );
}
