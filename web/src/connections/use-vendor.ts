import { useInfiniteQuery } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import type { ConnectorSummary } from "../../../shared/contracts/connectors";
import { connectorsQuery } from "../connect/queries";
import { isMcp } from "./standing";

/** The vendor of a connection, as the catalogue knows it; undefined for an MCP server, and until it is known. */
export function useVendor(connection: Pick<Connection, "connector">): ConnectorSummary | undefined {
  const { data } = useInfiniteQuery({ ...connectorsQuery({}), enabled: !isMcp(connection) });
  return data?.pages.flatMap(({ items }) => items).find(({ id }) => id === connection.connector);
}
