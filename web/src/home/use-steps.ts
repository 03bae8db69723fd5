import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { meQuery } from "../shell/queries";
import { recall, remember } from "./memory";
import { anyClientQuery, anyConnectionQuery, latestQuery, restCallsQuery } from "./queries";
import { doneSteps, type StepId } from "./steps";

export type Steps = {
  /** Undefined while it is not known. */
  done: StepId[] | undefined;
  /** What was done when this browser was here last; undefined on its first visit. */
  before: StepId[] | undefined;
  error: Error | null;
  retry: () => void;
  open: boolean;
  setOpen: (open: boolean) => void;
};

export function useSteps(): Steps {
  const { data: me } = useSuspenseQuery(meQuery);
  const [memory] = useState(() => recall(me.team.id));
  const [open, setOpen] = useState(memory?.open ?? false);
  const connections = useQuery(anyConnectionQuery);
  const calls = useQuery(latestQuery);
  const clients = useQuery(anyClientQuery);
  const restCalls = useQuery(restCallsQuery);
  const asked = [connections, calls, clients, restCalls];
  const done =
    connections.data && calls.data && clients.data && restCalls.data
      ? doneSteps(
          {
            connections: connections.data.items,
            calls: calls.data.items,
            clients: clients.data.items,
            restCalls: restCalls.data.items,
          },
          memory?.done ?? [],
        )
      : undefined;
  const known = done?.join();
  useEffect(() => {
    if (known !== undefined) remember(me.team.id, { done: known.split(",") as StepId[], open });
  }, [me.team.id, known, open]);
  return {
    done,
    before: memory?.done,
    error: asked.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const query of asked) if (query.isError) void query.refetch();
    },
    open,
    setOpen,
  };
}
