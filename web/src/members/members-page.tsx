import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { lazy, Suspense } from "react";
import { useMay } from "../shell/use-may";
import { ButtonLink } from "../ui/button";
import { words } from "../words";
import { Invitations } from "./invitations";
import { MemberList } from "./member-list";
import { teamQuery } from "./queries";
import { TeamFrame } from "./team-frame";

const InviteDialog = lazy(() =>
  import("./invite-dialog").then(({ InviteDialog }) => ({ default: InviteDialog })),
);

export function MembersPage() {
  const { q, invite } = useSearch({ from: "/shell/team" });
  const navigate = useNavigate({ from: "/team" });
  const mayManage = useMay("members.manage");
  const team = useQuery(teamQuery);
  const kept = q === undefined ? {} : { q };
  return (
    <TeamFrame
      actions={
        mayManage ? (
          <ButtonLink
            to="/team"
            search={{ ...kept, invite: true }}
            resetScroll={false}
            look="primary"
            icon={<UserPlus aria-hidden className="size-4" />}
          >
            {words.team.invitations.invite}
          </ButtonLink>
        ) : null
      }
    >
      <MemberList
        q={q}
        mayManage={mayManage}
        count={team.data?.counts.members}
        onSearch={(next) =>
          void navigate({ search: next === "" ? {} : { q: next }, replace: true })
        }
      />
      {mayManage ? <Invitations /> : null}
      <Suspense>
        {mayManage && invite ? (
          <InviteDialog onClose={() => void navigate({ search: kept, resetScroll: false })} />
        ) : null}
      </Suspense>
    </TeamFrame>
  );
}
