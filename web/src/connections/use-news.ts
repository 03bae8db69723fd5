import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { LiveMessage } from "../../../shared/contracts/live";
import { useLive } from "../live";
import { queryKeys } from "../query-keys";
import { shownConnection } from "./cache";
import { tellsNews } from "./news";

/** The hub notes a fault just after the call that met it. */
const settledMs = 2000;

/** Reads statuses anew after calls that changed one, at most once in a while however many calls there are. */
export function useConnectionNews(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (timer.current || !tellsNews(message, (id) => shownConnection(queries, id)?.status))
          return;
        timer.current = setTimeout(() => {
          timer.current = undefined;
          void queries.invalidateQueries({ queryKey: queryKeys.connections });
        }, settledMs);
      },
      [queries],
    ),
  );
  useEffect(() => () => clearTimeout(timer.current), []);
}
