import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { McpClient } from "../../../shared/contracts/clients";
import type { LiveMessage } from "../../../shared/contracts/live";
import { useLive, useLiveState } from "../live";
import { queryKeys } from "../query-keys";
import { arrived, isProgramCall, knownOf, type AwaitedClient, type Known } from "./arrival";
import { clientsQuery } from "./queries";

/** The client that was waited for, once it has come. Without the live stream it is looked for every few seconds. */
export function useArrivedClient(awaited: AwaitedClient): McpClient | undefined {
  const queries = useQueryClient();
  const state = useLiveState();
  const [known, setKnown] = useState<Known>();
  const { data } = useInfiniteQuery({
    ...clientsQuery,
    refetchInterval: state === "live" ? false : 5000,
  });
  const clients = data?.pages.flatMap(({ items }) => items);
  if (known === undefined && clients !== undefined) setKnown(knownOf(clients));
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type === "client" || message.type === "reset")
          void queries.invalidateQueries({ queryKey: queryKeys.clients });
      },
      [queries],
    ),
  );
  useEffect(() => {
    // Who came between the first list and the stream's beginning is told by neither.
    if (state === "live") void queries.invalidateQueries({ queryKey: queryKeys.clients });
  }, [state, queries]);
  return known && clients && arrived(clients, { awaited, known });
}

/** The name of the tool a program has called since. */
export function useProgramCall(keyId: string | undefined): string | undefined {
  const [called, setCalled] = useState<{ name: string; by: string | undefined }>();
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type !== "event" || message.execution === null) return;
        if (isProgramCall(message.execution, keyId))
          setCalled({ name: message.execution.name, by: keyId });
      },
      [keyId],
    ),
  );
  return called?.by === keyId ? called?.name : undefined;
}
