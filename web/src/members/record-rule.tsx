import type { RecordBodies, Team } from "../../../shared/contracts/members";
import { ChoiceCards } from "../connect/choice-cards";
import { Panel } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { records as say } from "../words/records";
import { useUpdateTeam } from "./use-team";

const choices = ["masked", "whole", "none"] as const satisfies readonly RecordBodies[];

/** What the record of a call keeps of its arguments and result. */
export function RecordRule({ team, mayChange }: { team: Team; mayChange: boolean }) {
  const save = useUpdateTeam(() => say.saved);
  const shown = (save.isPending ? save.variables.recordBodies : undefined) ?? team.recordBodies;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{say.title}</h2>
      <Panel className="flex flex-col gap-3 p-5">
        <fieldset disabled={!mayChange} className="contents">
          <ChoiceCards
            legend={say.legend}
            cards={choices.map((value) => ({ value, ...say.choices[value] }))}
            value={shown}
            onChange={(recordBodies) => {
              if (!save.isPending) save.mutate({ recordBodies });
            }}
          />
        </fieldset>
        <p className="text-[0.8125rem] text-muted">{say.hint}</p>
        {save.error ? <ErrorNote error={save.error} /> : null}
      </Panel>
    </section>
  );
}
