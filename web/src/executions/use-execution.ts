import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { LiveMessage } from "../../../shared/contracts/live";
import { useLive } from "../live";
import { executionQuery } from "./queries";

/** One execution whole, kept up to date: its end is heard live, and brings its result. */
export function useExecution(id: string) {
  const queries = useQueryClient();
  useLive(
    useCallback(
      (message: LiveMessage) => {
        const { queryKey } = executionQuery(id);
        if (message.type === "reset") return void queries.invalidateQueries({ queryKey });
        if (message.type !== "event" || message.event.executionId !== id) return;
        const { execution } = message;
        if (execution && execution.status !== "running")
          void queries.invalidateQueries({ queryKey });
      },
      [queries, id],
    ),
  );
  return useQuery(executionQuery(id));
}
