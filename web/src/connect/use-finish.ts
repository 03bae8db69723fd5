import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { connectionQuery } from "../connections/queries";
import { notifyElsewhere } from "../connections/notify-elsewhere";
import { queryKeys } from "../query-keys";

/** What follows when a connection is made or signed in anew: its result, or a word to whoever has gone on elsewhere. */
export function useFinish(again = false) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const show = (id: string) => {
    void queries.invalidateQueries({ queryKey: queryKeys.connections });
    if (!here.current) return;
    const search = { connected: id, ...(again ? { reconnect: id } : {}) };
    void navigate({ to: "/connections/new", search, replace: true });
  };
  return {
    show,
    made: (connection: Connection) => {
      queries.setQueryData(connectionQuery(connection.id).queryKey, connection);
      if (!here.current) notifyElsewhere(connection.name, connection);
      show(connection.id);
    },
    failed: (name: string, error: Error) =>
      here.current ? undefined : notifyElsewhere(name, error),
  };
}
