import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { lastExecutionsQuery } from "../executions/queries";
import { ButtonLink } from "../ui/button";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote } from "../ui/states";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { ExecutionLine } from "./execution-line";
import { useLiveExecutions } from "./use-live-executions";

const said = words.connections.activity;

/** The last calls of the connection, as they happen. */
export function ActivityTab({ connection: { id, slug, counts } }: { connection: Connection }) {
  const last = useQuery(lastExecutionsQuery({ connection: id }));
  const mayCall = useMay("tools.call");
  useLiveExecutions(id);
  const executions = last.data?.items;
  if (last.error && !executions)
    return <ErrorNote error={last.error} retry={() => void last.refetch()} />;
  if (!executions) return <SkeletonRows rows={4} className="h-12" />;
  if (executions.length === 0)
    return (
      <EmptyState
        icon={<Activity className="size-6" />}
        title={said.none}
        actions={
          mayCall && counts.tools > 0 ? (
            <ButtonLink to="/playground" search={{ connection: slug }} look="primary">
              {said.try}
            </ButtonLink>
          ) : null
        }
      >
        <p>{said.noneHint}</p>
      </EmptyState>
    );
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base">{said.title}</h2>
        <ButtonLink to="/activity" search={{ connection: slug }} size="small" className="min-h-9">
          {said.all}
        </ButtonLink>
      </div>
      <Panel>
        <ul className="divide-y divide-line">
          {executions.map((execution) => (
            <ExecutionLine key={execution.id} execution={execution} />
          ))}
        </ul>
      </Panel>
    </section>
  );
}
