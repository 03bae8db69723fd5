import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { LiveMessage } from "../../../shared/contracts/live";
import { mergeLatest } from "../executions/latest";
import { lastCount, lastExecutionsQuery } from "../executions/queries";
import { useLive } from "../live";

/** Puts each call of the connection into its list as the live stream tells of it. */
export function useLiveExecutions(connectionId: string): void {
  const queries = useQueryClient();
  useLive(
    useCallback(
      (message: LiveMessage) => {
        const { queryKey } = lastExecutionsQuery({ connection: connectionId });
        if (message.type === "reset") void queries.invalidateQueries({ queryKey });
        if (message.type !== "event" || message.execution?.connectionId !== connectionId) return;
        const { execution } = message;
        queries.setQueryData(
          queryKey,
          (known) =>
            known && {
              ...known,
              items: mergeLatest(known.items, { heard: [execution], most: lastCount }),
            },
        );
      },
      [queries, connectionId],
    ),
  );
}
