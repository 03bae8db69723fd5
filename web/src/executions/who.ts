import type { Execution } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { words } from "../words";

type Known = { personId: string; keyNames: ReadonlyMap<string, string> };

/** Who called, by name where the reader may know it. */
export function whoOf(actor: Execution["actor"], known: Known): string {
  const { who } = words.activity;
  if (actor.kind === "system") return who.system;
  if (actor.kind === "user")
    return actor.personId === known.personId ? who.you : who.person(actor.id.slice(-4));
  const name = known.keyNames.get(actor.id);
  if (name === undefined) return who.key(actor.id.slice(-4));
  return plainLine(name, 60);
}

/** The dashboard speaks REST too; a session tells it apart from a program's key. */
export const viaOf = ({ surface, actor }: Pick<Execution, "surface" | "actor">): string =>
  words.activity.via[surface === "rest" && actor.kind === "user" ? "dashboard" : surface];
