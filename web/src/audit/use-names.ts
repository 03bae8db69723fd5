import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AuditEntry } from "../../../shared/contracts/audit";
import { memberNamesQuery } from "../members/queries";
import { meQuery } from "../shell/queries";
import { keyNamesQuery } from "../teams/queries";
import { plainLine } from "../ui/foreign";
import { audit as auditWords } from "../words/audit";

const say = auditWords;

export type Names = {
  me: string;
  people: { id: string; name: string }[];
  /** The person behind the entry; where there is none, what acted. */
  who: (actor: AuditEntry["actor"]) => string;
  person: (id: string) => string;
  /** By what the person acted. */
  by: (actor: AuditEntry["actor"]) => string;
};

/** The names of who acted. Whoever has left, or may not be known, stays the end of an id. */
export function useNames(): Names {
  const { data: me } = useQuery(meQuery);
  const { data: members } = useQuery(memberNamesQuery());
  const { data: keys } = useQuery(keyNamesQuery);
  return useMemo(() => {
    const mine = me?.person.id ?? "";
    const people = (members?.items ?? []).map(({ id, name }) => ({
      id,
      name: plainLine(name, 60),
    }));
    const personNames = new Map(people.map(({ id, name }) => [id, name]));
    const keyNames = new Map((keys?.items ?? []).map(({ id, name }) => [id, name]));
    const person = (id: string) =>
      id === mine ? say.you : (personNames.get(id) ?? say.person(id.slice(-4)));
    const by = ({ kind, id }: AuditEntry["actor"]) => {
      const name = keyNames.get(id);
      const way = say.actors[kind] ?? plainLine(kind, 40);
      return name === undefined ? way : `${way}: ${plainLine(name, 60)}`;
    };
    return {
      me: mine,
      people,
      person,
      by,
      who: (actor) => (actor.personId === null ? by(actor) : person(actor.personId)),
    };
  }, [me, members, keys]);
}
