import type { Team } from "../../../shared/contracts/members";
import { Checkbox } from "../ui/field";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { useUpdateTeam } from "./use-team";

const said = words.team.settings;

export function SecurityRules({
  team: { sensitiveNeedsSecondFactor },
  mayChange,
}: {
  team: Team;
  mayChange: boolean;
}) {
  const save = useUpdateTeam((team) =>
    team.sensitiveNeedsSecondFactor ? said.secondFactorOn : said.secondFactorOff,
  );
  const shown = save.isPending
    ? save.variables.sensitiveNeedsSecondFactor
    : sensitiveNeedsSecondFactor;
  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        label={<span className="font-medium">{said.secondFactor}</span>}
        hint={said.secondFactorHint}
        checked={shown ?? false}
        disabled={!mayChange}
        aria-busy={save.isPending || undefined}
        onChange={({ target }) => {
          if (!save.isPending) save.mutate({ sensitiveNeedsSecondFactor: target.checked });
        }}
      />
      {save.error ? <ErrorNote error={save.error} /> : null}
    </div>
  );
}
