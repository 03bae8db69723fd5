import type { JsonObject } from "../../../shared/json";
import { keyVariable } from "./configs";
import { shellArgument } from "./quoting";

/** A tool and what to call it with. */
export type SampleCall = {
  tool: { id: string; exposedName: string; inputSchema: JsonObject };
  args: JsonObject;
};

/** Lists the tools, with the ids to call them by. */
export function listCommand(origin: string, connection: string | undefined): string {
  const filter = connection === undefined ? "" : `?connection=${encodeURIComponent(connection)}`;
  return `curl ${shellArgument(`${origin}/api/v1/tools${filter}`)} \\\n  -H "Authorization: Bearer $${keyVariable}"`;
}

export const keyCommand = (key: string): string => `export ${keyVariable}=${shellArgument(key)}`;
