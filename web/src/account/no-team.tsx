import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { Announcer } from "../shell/announcer";
import { LateToaster } from "../shell/late-toaster";
import { Logo } from "../shell/logo";
import { MakeTeamDialog } from "../shell/make-team-dialog";
import { accountQuery } from "../shell/queries";
import { Button, ButtonLink } from "../ui/button";
import { Page } from "../ui/page";
import { words } from "../words";
import { account as own } from "./api";
import { InvitationsSection } from "./invitations-section";
import { LateStepUp } from "./late-step-up";

const say = words.account.noTeam;

/** The dashboard of somebody who belongs to no team: a way into one, and their own account. */
export function NoTeam() {
  const { pathname } = useLocation();
  const inAccount = pathname.startsWith("/account");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center gap-2.5 border-b border-line px-4 py-2 sm:px-6">
        <Logo />
        <span className="flex-1 text-sm font-semibold">{words.product}</span>
        <ButtonLink to={inAccount ? "/" : "/account"} look="quiet" size="small">
          {inAccount ? words.account.teams.title : say.account}
        </ButtonLink>
        <SignOut />
      </header>
      <main id="content" className="flex min-w-0 flex-1 flex-col">
        {inAccount ? <Outlet /> : <WaysIn />}
      </main>
      <LateStepUp />
      <LateToaster />
      <Announcer />
    </div>
  );
}

function WaysIn() {
  const { data } = useQuery(accountQuery);
  const [making, setMaking] = useState(false);
  return (
    <Page
      title={say.title}
      description={say.hint}
      actions={
        <Button look="primary" onClick={() => setMaking(true)}>
          {words.account.teams.make}
        </Button>
      }
    >
      <InvitationsSection title={say.invitations} />
      {data?.person.emailVerified === false ? (
        <p className="text-sm text-muted">{say.unconfirmed}</p>
      ) : null}
      {making ? <MakeTeamDialog onClose={() => setMaking(false)} /> : null}
    </Page>
  );
}

function SignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: own.signOut,
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      queries.clear();
    },
  });
  return (
    <Button
      look="quiet"
      size="small"
      icon={<LogOut aria-hidden className="size-4" />}
      busy={signOut.isPending}
      onClick={() => signOut.mutate()}
    >
      {words.shell.signOut}
    </Button>
  );
}
