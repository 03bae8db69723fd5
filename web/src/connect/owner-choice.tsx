import { Lock, Users } from "lucide-react";
import { connect as connectWords } from "../words/connect";
import { ChoiceCards } from "./choice-cards";
import type { Owner } from "./draft";

const say = connectWords.owner;

/** Whose connections somebody may make, the usual first. */
export const ownersFor = (may: { write: boolean; own: boolean }): Owner[] => [
  ...(may.write ? (["team"] as const) : []),
  ...(may.own ? (["person"] as const) : []),
];

export function OwnerChoice({
  owners,
  value,
  onChange,
}: {
  owners: readonly Owner[];
  value: Owner;
  onChange: (owner: Owner) => void;
}) {
  if (owners.length < 2) {
    const Icon = value === "team" ? Users : Lock;
    return (
      <p className="flex items-start gap-2 text-sm text-muted">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {value === "team" ? say.onlyTeam : say.onlyPerson}
      </p>
    );
  }
  return (
    <ChoiceCards
      legend={say.legend}
      columns
      value={value}
      onChange={onChange}
      cards={owners.map((owner) => ({
        value: owner,
        label: say[owner],
        hint: owner === "team" ? say.teamWhy : say.personWhy,
      }))}
    />
  );
}
