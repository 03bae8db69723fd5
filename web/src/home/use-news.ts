import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import type { LiveMessage } from "../../../shared/contracts/live";
import { hasFailed } from "../executions/failed";
import { mergeLatest } from "../executions/latest";
import { useLive } from "../live";
import { queryKeys } from "../query-keys";
import { failuresQuery, latestCount, latestQuery, restCallsQuery, summaryQuery } from "./queries";

const showEveryMs = 250;
const countEveryMs = 3000;

/** Home as it is now: the latest calls at once, what is counted a little later, however much happens. */
export function useNews(): void {
  const queries = useQueryClient();
  const heard = useRef(new Map<string, Execution>());
  const timers = useRef<{ show?: Timer; count?: Timer }>({});
  useEffect(() => {
    const { current } = timers;
    return () => {
      clearTimeout(current.show);
      clearTimeout(current.count);
    };
  }, []);
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type === "reset")
          void queries.invalidateQueries({ queryKey: queryKeys.executions });
        if (message.type === "client")
          void queries.invalidateQueries({ queryKey: queryKeys.clients });
        if (message.type !== "event" || message.execution === null) return;
        const { id } = message.execution;
        heard.current.set(id, message.execution);
        timers.current.show ??= setTimeout(() => {
          delete timers.current.show;
          const executions = [...heard.current.values()];
          heard.current.clear();
          show(queries, executions);
          if (executions.every(({ status }) => status === "running")) return;
          timers.current.count ??= setTimeout(() => {
            delete timers.current.count;
            count(queries);
          }, countEveryMs);
        }, showEveryMs);
      },
      [queries],
    ),
  );
}

type Timer = ReturnType<typeof setTimeout>;

function show(queries: QueryClient, heard: Execution[]): void {
  queries.setQueryData(
    latestQuery.queryKey,
    (page) => page && { ...page, items: mergeLatest(page.items, { heard, most: latestCount }) },
  );
  if (heard.some(hasFailed)) void queries.invalidateQueries({ queryKey: failuresQuery.queryKey });
}

function count(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: summaryQuery.queryKey });
  void queries.invalidateQueries({ queryKey: restCallsQuery.queryKey });
}
