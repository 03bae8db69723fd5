// The file that connections leave in and come from. The hub judges what is in it; here only whether it is one.
import type { ConnectionExport } from "../../../shared/contracts/connections";
import { isObject } from "../../../shared/json";

export type Transfer = Pick<ConnectionExport, "version" | "connections">;
export type ReadFile = { file: Transfer } | { fault: "unreadable" | "newer" | "empty" };

/** The hub takes so many at once. */
export const mostAtOnce = 500;

export function readExport(text: string): ReadFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { fault: "unreadable" };
  }
  if (!isObject(parsed) || !Array.isArray(parsed["connections"])) return { fault: "unreadable" };
  const { version, connections } = parsed as { version?: unknown; connections: unknown[] };
  if (typeof version === "number" && version > 1) return { fault: "newer" };
  if (version !== 1 || !connections.every(isObject)) return { fault: "unreadable" };
  if (connections.length === 0) return { fault: "empty" };
  return { file: { version, connections: connections as unknown as Transfer["connections"] } };
}

export function partsOf({ version, connections }: Transfer): Transfer[] {
  const parts: Transfer[] = [];
  for (let from = 0; from < connections.length; from += mostAtOnce)
    parts.push({ version, connections: connections.slice(from, from + mostAtOnce) });
  return parts;
}
