import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Execution, LiveMessage } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { useLive } from "../live";
import { newestFirst } from "./newest-first";
import { connectionKeys } from "./queries";

/** Puts each call of the connection into its list as the live stream tells of it. */
export function useLiveExecutions(connectionId: string): void {
  const queries = useQueryClient();
  useLive(
    useCallback(
      (message: LiveMessage) => {
        const queryKey = connectionKeys.executions(connectionId);
        if (message.type === "reset") void queries.invalidateQueries({ queryKey });
        if (message.type !== "event" || message.execution?.connectionId !== connectionId) return;
        const { execution } = message;
        queries.setQueryData<Page<Execution>>(
          queryKey,
          (known) => known && { ...known, items: newestFirst(known.items, execution) },
        );
      },
      [queries, connectionId],
    ),
  );
}
