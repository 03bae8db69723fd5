import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Execution } from "../../../../shared/contracts/executions";
import { isObject, type JsonObject } from "../../../../shared/json";
import { executionQuery, lastExecutionsQuery } from "../../executions/queries";
import { Button } from "../../ui/button";
import { SkeletonRows } from "../../ui/skeleton";
import { ErrorNote } from "../../ui/states";
import { ExecutionStatusBadge } from "../../ui/status";
import { RelativeTime, relativeTime } from "../../ui/time";
import { words } from "../../words";

const { saved } = words.playground;

/** The last calls of a tool as the hub recorded them. Their arguments are asked for when they are wanted. */
export function PastCalls({ toolId, use }: { toolId: string; use: (args: JsonObject) => void }) {
  const { data, error, isPending, refetch } = useQuery(lastExecutionsQuery({ tool: toolId }));
  if (isPending) return <SkeletonRows rows={4} className="h-10" />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="text-muted">{saved.noExecutions}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-[0.8125rem] text-muted">{saved.recorded}</p>
      <ul>
        {data.items.map((execution) => (
          <PastCall key={execution.id} execution={execution} use={use} />
        ))}
      </ul>
    </div>
  );
}

function PastCall({
  execution: { id, startedAt, status },
  use,
}: {
  execution: Pick<Execution, "id" | "startedAt" | "status">;
  use: (args: JsonObject) => void;
}) {
  const queries = useQueryClient();
  const [state, setState] = useState<"ready" | "busy" | "notRecorded">("ready");
  const [error, setError] = useState<unknown>();
  const take = async () => {
    setState("busy");
    setError(undefined);
    try {
      const recorded = (await queries.fetchQuery(executionQuery(id))).arguments;
      setState("ready");
      if (recorded && !recorded.truncated && isObject(recorded.json)) use(recorded.json);
      else if (recorded === null) use({});
      else setState("notRecorded");
    } catch (thrown) {
      setState("ready");
      setError(thrown);
    }
  };
  return (
    <li className="flex min-w-0 flex-col gap-2 border-b border-line py-2 last:border-0">
      <div className="flex min-w-0 flex-wrap items-center gap-3">
        <RelativeTime at={startedAt} className="min-w-0 flex-1 text-sm font-medium" />
        <ExecutionStatusBadge status={status} />
        <Button
          size="small"
          busy={state === "busy"}
          aria-label={saved.useWhat(relativeTime(startedAt, Date.now()))}
          onClick={() => void take()}
        >
          {saved.use}
        </Button>
      </div>
      {state === "notRecorded" ? <p className="text-sm text-muted">{saved.notRecorded}</p> : null}
      {error ? <ErrorNote error={error} /> : null}
    </li>
  );
}
