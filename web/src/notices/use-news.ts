import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { LiveMessage } from "../../../shared/contracts/live";
import { useLive } from "../live";
import { queryKeys } from "../query-keys";

/** Reads the notices anew when the hub says that the reader's own have changed, or a connection does otherwise now. */
export function useNoticeNews(): void {
  const queries = useQueryClient();
  useLive(
    useCallback(
      ({ type }: LiveMessage) => {
        if (type === "notices" || type === "connection" || type === "reset")
          void queries.invalidateQueries({ queryKey: queryKeys.notices });
      },
      [queries],
    ),
  );
}
