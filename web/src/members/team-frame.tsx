import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Page } from "../ui/page";
import { words } from "../words";

const { part } = words.team;
const parts = [
  { to: "/team", label: part.members },
  { to: "/team/roles", label: part.roles },
  { to: "/team/settings", label: part.settings },
] as const;

/** What the pages about the team have in common. Each part has an address of its own. */
export function TeamFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  return (
    <Page title={words.team.title} description={words.team.description} actions={actions}>
      <nav
        aria-label={words.team.parts}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {parts.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ className: "border-ink! text-ink!", "aria-current": "page" }}
            className="-mb-px inline-flex min-h-10 shrink-0 items-center border-b-2 border-transparent px-3 text-sm font-medium text-muted -outline-offset-2 hover:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
