import { sql, type Column, type SQL } from "drizzle-orm";
import type { Context } from "./context";

/** Leaves out the connections that do not exist for the caller. One parameter for all of them: D1 takes a hundred. */
export function shownTo({ hidden }: Context, connectionId: Column): SQL | undefined {
  if (hidden.size === 0) return undefined;
  return sql`${connectionId} NOT IN (SELECT value FROM json_each(${JSON.stringify([...hidden])}))`;
}
