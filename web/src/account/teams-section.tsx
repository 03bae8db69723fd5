import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { roleName } from "../members/role-name";
import { MakeTeamDialog } from "../shell/make-team-dialog";
import { tellOfTeam } from "../shell/team-news";
import { useSwitchTeam } from "../shell/use-switch-team";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ForeignName, plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account as own } from "./api";

const say = words.account.teams;
type Team = Account["teams"][number];

export function TeamsSection({ account }: { account: Account }) {
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<Team>();
  const open = useSwitchTeam();
  const leave = useMutation({
    mutationFn: async ({ id }: Team) => {
      if (id === account.teamId) await own.leaveTeam(account.person.id);
      else await leaveFromElsewhere(account, id);
    },
    onSuccess: () => {
      tellOfTeam();
      location.assign("/account");
    },
    onError: () => setAsked(undefined),
  });
  return (
    <Section
      title={say.title}
      actions={
        <Button size="small" onClick={() => setMaking(true)}>
          {say.make}
        </Button>
      }
    >
      {leave.error ? <ErrorNote error={leave.error} /> : null}
      {account.teams.length === 0 ? null : (
        <Panel>
          <ul className="divide-y divide-line">
            {account.teams.map((team) => (
              <li key={team.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-40 flex-1">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                    <ForeignName>{team.name}</ForeignName>
                    {team.id === account.teamId ? <Badge tone="accent">{say.current}</Badge> : null}
                  </p>
                  <p className="text-[0.8125rem] text-muted">
                    {say.you(roleName(team.role, team.role))}
                  </p>
                </div>
                {team.id === account.teamId ? null : (
                  <Button
                    size="small"
                    aria-label={say.openWhat(plainLine(team.name, 60))}
                    busy={open.isPending && open.variables === team.id}
                    onClick={() => open.mutate(team.id)}
                  >
                    {say.open}
                  </Button>
                )}
                <Button
                  size="small"
                  aria-label={say.leaveWhat(plainLine(team.name, 60))}
                  onClick={() => setAsked(team)}
                >
                  {say.leave}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {making ? <MakeTeamDialog onClose={() => setMaking(false)} /> : null}
      <ConfirmDialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={say.ask(plainLine(asked?.name ?? "", 60))}
        description={say.consequence}
        confirm={say.leave}
        danger
        busy={leave.isPending || leave.isSuccess}
        onConfirm={() => asked && leave.mutate(asked)}
      />
    </Section>
  );
}

/** One leaves the team that is open: another is opened for it, and where it cannot be left, the first one again. */
async function leaveFromElsewhere(account: Account, teamId: string): Promise<void> {
  await own.openTeam({ teamId });
  try {
    await own.leaveTeam(account.person.id);
  } finally {
    if (account.teamId !== null) await own.openTeam({ teamId: account.teamId });
  }
}
