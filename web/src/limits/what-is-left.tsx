import type { LimitUse } from "../../../shared/contracts/limits";
import { plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { limits as say } from "../words/limits";
import { UseLine } from "./use-line";

const { left: text } = say;

/** The limits of whoever reads, and those of the whole team. */
export function WhatIsLeft({ own }: { own: readonly LimitUse[] }) {
  return (
    <Section title={text.title}>
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <Group
          title={text.own}
          uses={own.filter(({ scope }) => scope !== "team")}
          none={text.none}
        />
        <Group
          title={text.team}
          uses={own.filter(({ scope }) => scope === "team")}
          none={text.noneTeam}
        />
      </div>
    </Section>
  );
}

const Group = ({
  title,
  uses,
  none,
}: {
  title: string;
  uses: readonly LimitUse[];
  none: string;
}) => (
  <Panel className="flex min-w-0 flex-col gap-4 p-5">
    <h3 className="text-sm">{title}</h3>
    {uses.length === 0 ? <p className="text-sm text-muted">{none}</p> : null}
    {uses.map((use) => (
      <UseLine key={`${use.subjectId} ${use.window}`} use={use}>
        <span className="font-medium">{say.window[use.window]}</span>
        {use.scope === "key" ? (
          <span className="text-muted">
            {say.scope.key} <bdi>{plainLine(use.name, 60)}</bdi>
          </span>
        ) : null}
      </UseLine>
    ))}
  </Panel>
);
