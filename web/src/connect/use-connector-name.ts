import { useInfiniteQuery } from "@tanstack/react-query";
import { connectorsQuery } from "./queries";

/** What connectors are called; one that is not known yet by its id. */
export function useConnectorName(): (id: string) => string {
  const { data } = useInfiniteQuery(connectorsQuery({}));
  const names = new Map(
    data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]),
  );
  return (id) => names.get(id) ?? id;
}
