import { useMutation, useQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { roleName } from "../members/role-name";
import { tellOfTeam } from "../shell/team-news";
import { Button } from "../ui/button";
import { EmptyLine } from "../ui/empty-line";
import { ForeignName, plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { account, myInvitationsQuery } from "./api";

const say = words.account.invitations;

/** What the reader may join: the hub shows it only for an address they have confirmed. */
export function InvitationsSection({ title = say.title }: { title?: string }) {
  const invitations = useQuery(myInvitationsQuery);
  const join = useMutation({
    mutationFn: account.join,
    onSuccess: () => {
      tellOfTeam();
      location.assign("/");
    },
  });
  const busy = join.isPending || join.isSuccess;
  return (
    <Section title={title}>
      {join.error ? <ErrorNote error={join.error} /> : null}
      {invitations.error ? (
        <ErrorNote error={invitations.error} retry={() => void invitations.refetch()} />
      ) : null}
      {invitations.isPending ? <SkeletonRows rows={1} className="h-16" /> : null}
      {invitations.data?.items.length === 0 ? (
        <EmptyLine icon={<Mail aria-hidden className="size-5 shrink-0 text-muted" />}>
          {say.empty}
        </EmptyLine>
      ) : null}
      {invitations.data?.items.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {invitations.data.items.map(({ id, team, role, invitedBy, expiresAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-40 flex-1">
                  <p className="text-sm font-medium">
                    <ForeignName>{team.name}</ForeignName>
                  </p>
                  <p className="text-[0.8125rem] text-muted wrap-anywhere">
                    {say.from(plainLine(invitedBy, 60))} {say.role(roleName(role, role))},{" "}
                    {say.until} <RelativeTime at={expiresAt} />
                  </p>
                </div>
                <Button
                  look="primary"
                  size="small"
                  aria-label={say.acceptWhat(plainLine(team.name, 60))}
                  busy={busy && join.variables === id}
                  disabled={busy && join.variables !== id}
                  onClick={() => join.mutate(id)}
                >
                  {say.accept}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </Section>
  );
}
