import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import { connectionNamesQuery } from "../connections/queries";
import { memberNamesQuery } from "../members/queries";
import { meQuery } from "../shell/queries";
import { useMay } from "../shell/use-may";
import { keyNamesQuery } from "../teams/queries";
import { plainLine } from "../ui/foreign";
import { whoOf } from "./who";

export type Names = {
  personId: string;
  connections: { id: string; name: string }[];
  /** Whether `connections` holds all there are. */
  knowsConnections: boolean;
  /** The connection's name, or, where it is gone, the one its tools had. */
  connection: (of: Pick<Execution, "connectionId" | "connectionSlug">) => string;
  who: (actor: Execution["actor"]) => string;
  /** The same by a person's or a key's id. */
  whoIs: (id: string) => string;
};

/** The names of what a call is made of. Until they are known, or where they may not be, ids stand in for them. */
export function useNames(): Names {
  const { data: me } = useQuery(meQuery);
  const { data: connectionPage } = useQuery(connectionNamesQuery);
  const { data: keyPage } = useQuery(keyNamesQuery);
  const { data: memberPage } = useQuery({ ...memberNamesQuery(), enabled: useMay("members.read") });
  return useMemo(() => {
    const personId = me?.person.id ?? "";
    const connections = (connectionPage?.items ?? []).map(({ id, name }) => ({
      id,
      name: plainLine(name, 80),
    }));
    const connectionNames = new Map(connections.map(({ id, name }) => [id, name]));
    const personNames = new Map((memberPage?.items ?? []).map(({ id, name }) => [id, name]));
    const keyNames = new Map((keyPage?.items ?? []).map(({ id, name }) => [id, name]));
    const who: Names["who"] = (actor) => whoOf(actor, { personId, personNames, keyNames });
    return {
      personId,
      connections,
      knowsConnections: connectionPage?.nextCursor === null,
      connection: ({ connectionId, connectionSlug }) =>
        connectionNames.get(connectionId) ?? plainLine(connectionSlug, 80),
      who,
      whoIs: (id) =>
        id.startsWith("key_")
          ? who({ kind: "apiKey", id, personId: null })
          : who({ kind: "user", id, personId: id }),
    };
  }, [me, connectionPage, keyPage, memberPage]);
}
