import type { Execution } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { words } from "../words";

type Known = {
  /** The reader's own id. */
  personId: string;
  personNames: ReadonlyMap<string, string>;
  keyNames: ReadonlyMap<string, string>;
};

/** Who called, by name where the reader may know it. */
export function whoOf(actor: Execution["actor"], known: Known): string {
  const { who } = words.activity;
  if (actor.kind === "system") return who.system;
  const isPerson = actor.kind === "user";
  if (isPerson && actor.personId === known.personId) return who.you;
  const name = (isPerson ? known.personNames : known.keyNames).get(actor.id);
  if (name !== undefined) return plainLine(name, 60);
  return (isPerson ? who.person : who.key)(actor.id.slice(-4));
}

/** The dashboard speaks REST too; a session tells it apart from a program's key. */
export const viaOf = ({ surface, actor }: Pick<Execution, "surface" | "actor">): string =>
  words.activity.via[surface === "rest" && actor.kind === "user" ? "dashboard" : surface];
