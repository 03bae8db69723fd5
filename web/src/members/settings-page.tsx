import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Team } from "../../../shared/contracts/members";
import { NoPermissionNote } from "../connections/no-permission-note";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote, ErrorState } from "../ui/states";
import { absoluteTime } from "../ui/time";
import { words } from "../words";
import { teamQuery } from "./queries";
import { RecordRule } from "./record-rule";
import { SecurityRules } from "./security-rules";
import { SsoCard } from "./sso-card";
import { TeamFrame } from "./team-frame";
import { TeamName } from "./team-name";

const said = words.team.settings;
const DeleteTeam = lazy(() =>
  import("./delete-team").then(({ DeleteTeam }) => ({ default: DeleteTeam })),
);

export function TeamSettingsPage() {
  const team = useQuery(teamQuery);
  return (
    <TeamFrame>
      {team.error && !team.data ? (
        <ErrorState error={team.error} retry={() => void team.refetch()} />
      ) : null}
      {team.isPending ? <SkeletonRows rows={3} className="h-28" /> : null}
      {team.data ? (
        <>
          {team.error ? <ErrorNote error={team.error} retry={() => void team.refetch()} /> : null}
          <Settings team={team.data} />
        </>
      ) : null}
    </TeamFrame>
  );
}

function Settings({ team }: { team: Team }) {
  const mayChange = useMay("team.manage");
  const mayDelete = useMay("team.delete");
  const [deleting, setDeleting] = useState(false);
  return (
    <div className="flex min-w-0 max-w-2xl flex-col gap-6">
      {mayChange ? null : <NoPermissionNote>{said.readOnly}</NoPermissionNote>}
      <Panel className="flex flex-col gap-4 p-5">
        <TeamName key={team.name} team={team} mayChange={mayChange} />
        <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-1 text-[0.8125rem]">
          <dt className="text-muted">{said.id}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <code className="min-w-0 wrap-anywhere">{team.id}</code>
            <CopyButton text={team.id} label={words.common.copyWhat(said.id)} className="-my-1" />
          </dd>
          <dt className="text-muted">{said.made}</dt>
          <dd>{absoluteTime(team.createdAt)}</dd>
        </dl>
      </Panel>
      <section className="flex flex-col gap-3">
        <h2 className="text-base">{said.security}</h2>
        <Panel className="p-5">
          <SecurityRules team={team} mayChange={mayChange} />
        </Panel>
      </section>
      <RecordRule team={team} mayChange={mayChange} />
      {mayChange ? <SsoCard /> : null}
      <section className="flex flex-col gap-3">
        <h2 className="text-base">{said.danger}</h2>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-danger/40 bg-surface p-5">
          <div className="min-w-0 flex-1 basis-56">
            <h3 className="text-sm">{said.deleteTitle}</h3>
            <p className="text-sm text-muted">{mayDelete ? said.deleteWhy : said.onlyOwner}</p>
          </div>
          <Button look="danger" disabled={!mayDelete} onClick={() => setDeleting(true)}>
            {said.deleteTitle}
          </Button>
        </div>
      </section>
      <Suspense>
        {deleting ? <DeleteTeam team={team} onClose={() => setDeleting(false)} /> : null}
      </Suspense>
    </div>
  );
}
