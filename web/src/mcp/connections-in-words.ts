import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { counted } from "../words/common";

const named = 3;

/** "all", or the names of the connections; where they are many or not known, how many. */
export function connectionsInWords(
  ids: readonly string[] | null,
  known: readonly { id: string; name: string }[] | undefined,
): string {
  if (ids === null) return words.keys.grants.all;
  const names = ids.flatMap((id) => known?.find((one) => one.id === id)?.name ?? []);
  if (names.length < ids.length || ids.length > named) return counted(ids.length, "connection");
  return names.map((name) => plainLine(name, 40)).join(", ");
}
