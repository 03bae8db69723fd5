import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { Account } from "../../../shared/contracts/account";
import type { ShownInvitation } from "../../../shared/contracts/members";
import { ApiError } from "../client";
import { roleName } from "../members/role-name";
import { accountQuery } from "../shell/queries";
import { ButtonLink } from "../ui/button";
import { ForeignName, plainLine } from "../ui/foreign";
import { Skeleton } from "../ui/skeleton";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { auth } from "./auth";
import { AuthPage } from "./auth-page";
import { Failure } from "./failure";
import { JoinAs, JoinNew, JoinOther } from "./join";

const say = words.invitation;

/** Where an invitation's mail leads: what it is, then the way in that fits who opens it. */
export function InvitationPage() {
  const { token = "" } = useSearch({ from: "/invitation" });
  const shown = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => auth.showInvitation({ token }),
    staleTime: Infinity,
  });
  const me = useQuery({ ...accountQuery, retry: false });
  const queries = useQueryClient();
  if (shown.error)
    return (
      <AuthPage title={say.failed}>
        <Failure error={shown.error} />
        <p className="text-muted">{say.askAgain}</p>
        <ButtonLink to="/">{words.common.home}</ButtonLink>
      </AuthPage>
    );
  if (!shown.data || me.isPending)
    return (
      <AuthPage title={say.title}>
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">{words.common.loading}</span>
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-9.5 w-full" />
        </div>
      </AuthPage>
    );
  const signedOut = me.error instanceof ApiError && me.error.code === "unauthorized";
  return (
    <AuthPage title={say.to(plainLine(shown.data.team.name, 80))}>
      <Facts invitation={shown.data} />
      {me.error && !signedOut ? <Failure error={me.error} /> : null}
      <WayIn
        token={token}
        invitation={shown.data}
        account={signedOut ? undefined : me.data}
        onSignedOut={() => queries.resetQueries({ queryKey: accountQuery.queryKey })}
      />
    </AuthPage>
  );
}

function Facts({
  invitation: { invitedBy, role, email, expiresAt },
}: {
  invitation: ShownInvitation;
}) {
  const facts = [
    [say.role, <ForeignName key="role">{roleName(role, role)}</ForeignName>],
    [say.email, <ForeignName key="email">{email}</ForeignName>],
    [say.until, <RelativeTime key="until" at={expiresAt} />],
  ] as const;
  return (
    <>
      <p>{say.from(plainLine(invitedBy, 80))}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-lg bg-raised p-3.5 text-sm">
        {facts.map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{fact}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function WayIn({
  token,
  invitation,
  account,
  onSignedOut,
}: {
  token: string;
  invitation: ShownInvitation;
  account: Account | undefined;
  onSignedOut: () => Promise<void>;
}) {
  if (account)
    return account.person.email?.toLowerCase() === invitation.email.toLowerCase() ? (
      <JoinAs token={token} account={account} />
    ) : (
      <JoinOther account={account} email={invitation.email} onSignedOut={onSignedOut} />
    );
  if (!invitation.hasAccount) return <JoinNew token={token} email={invitation.email} />;
  return (
    <>
      <p className="text-muted">{say.hasAccount}</p>
      <ButtonLink
        to="/sign-in"
        search={{ next: `/invitation?token=${encodeURIComponent(token)}` }}
        look="primary"
      >
        {say.signIn}
      </ButtonLink>
    </>
  );
}
