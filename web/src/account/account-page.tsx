import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Account } from "../../../shared/contracts/account";
import { accountQuery } from "../shell/queries";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { words } from "../words";

const say = words.account;

const tabs = [
  { to: "/account", label: say.profileTab },
  { to: "/account/security", label: say.securityTab },
] as const;

/** Everything of the person, whichever team is open. */
export function AccountPage({ children }: { children: (account: Account) => ReactNode }) {
  const account = useQuery(accountQuery);
  return (
    <Page title={say.title}>
      <nav aria-label={say.sections} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className="-mb-px grid min-h-10 shrink-0 place-items-center border-b-2 border-transparent px-3 text-sm font-medium text-muted -outline-offset-2 hover:text-ink"
            activeProps={{ className: "border-ink! text-ink!", "aria-current": "page" }}
          >
            {label}
          </Link>
        ))}
      </nav>
      {account.data ? (
        <div className="flex max-w-3xl flex-col gap-8">{children(account.data)}</div>
      ) : account.error ? (
        <ErrorState error={account.error} retry={() => void account.refetch()} />
      ) : (
        <SkeletonRows rows={3} className="h-32" />
      )}
    </Page>
  );
}
