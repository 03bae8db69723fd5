import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { BookOpen, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import { api, done } from "../client";
import { useLiveState } from "../live";
import { classNames } from "../ui/class-names";
import { ForeignName } from "../ui/foreign";
import { words } from "../words";
import { Logo } from "./logo";
import { pages } from "./pages";
import { meQuery } from "./queries";
import { setTheme, useTheme, type Theme } from "./theme";

const item =
  "flex min-h-10 items-center gap-3 rounded-lg px-3 text-sm font-medium text-muted transition-colors hover:bg-raised hover:text-ink";

/** What stands at the left of every page, and in the drawer on a phone. */
export function Navigation({ onSearch }: { onSearch: () => void }) {
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <Team />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex min-h-10 items-center gap-3 rounded-lg border border-line bg-surface px-3 text-sm text-muted hover:border-line-strong"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-left">{words.shell.search}</span>
        <kbd className="hidden rounded border border-line px-1 text-[0.6875rem] whitespace-nowrap lg:block">
          Ctrl K
        </kbd>
      </button>
      <nav aria-label={words.shell.navigation} className="flex flex-col gap-0.5">
        {pages.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            className={item}
            activeProps={{ className: "bg-raised text-ink!", "aria-current": "page" }}
          >
            <Icon aria-hidden className="size-4.5" />
            {label}
          </Link>
        ))}
        <a href="/api/docs" className={item}>
          <BookOpen aria-hidden className="size-4.5" />
          {words.shell.pages.reference}
        </a>
      </nav>
      <div className="mt-auto flex flex-col gap-3">
        <Liveness />
        <ThemeChoice />
        <Person />
      </div>
    </div>
  );
}

/** The place of the team switcher: one team is all there is until people belong to several. */
function Team() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <div className="flex items-center gap-3 px-2 pt-1">
      <Logo />
      <div className="min-w-0">
        <p className="text-sm leading-tight font-semibold">{words.product}</p>
        <p className="truncate text-[0.8125rem] leading-tight text-muted">
          <span className="sr-only">{words.shell.team}: </span>
          <ForeignName>{me.team.name}</ForeignName>
        </p>
      </div>
    </div>
  );
}

const lights = { live: "bg-success", connecting: "bg-line-strong", offline: "bg-warning" };

function Liveness() {
  const state = useLiveState();
  return (
    <p className="flex items-center gap-2.5 px-3 text-[0.8125rem] text-muted">
      <span aria-hidden className={classNames("size-2 rounded-full", lights[state])} />
      {words.shell.live[state]}
    </p>
  );
}

const themes: { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: "light", label: words.shell.theme.light, icon: Sun },
  { value: "dark", label: words.shell.theme.dark, icon: Moon },
  { value: "system", label: words.shell.theme.system, icon: Monitor },
];

function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset className="flex rounded-lg border border-line bg-surface p-0.5">
      <legend className="sr-only">{words.shell.theme.label}</legend>
      {themes.map(({ value, label, icon: Icon }) => (
        <label
          key={value}
          title={label}
          className="flex min-h-8 flex-1 cursor-pointer items-center justify-center rounded-md text-muted has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={theme === value}
            onChange={() => setTheme(value)}
            className="sr-only"
          />
          <Icon aria-hidden className="size-4" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Person() {
  const { data: me } = useSuspenseQuery(meQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => done(api.auth["sign-out"].$post()),
    onSuccess: async () => {
      await navigate({ to: "/sign-in", search: { ended: true } });
      queries.clear();
    },
  });
  return (
    <div className="flex items-center gap-2 border-t border-line px-1 pt-3">
      <span
        aria-hidden
        className="grid size-8 place-items-center rounded-full bg-raised text-[0.8125rem] font-semibold uppercase"
      >
        {me.person.name.slice(0, 1)}
      </span>
      <div className="min-w-0 flex-1 leading-tight">
        <p className="truncate text-sm font-medium">
          <ForeignName>{me.person.name}</ForeignName>
        </p>
        <p className="text-[0.8125rem] text-muted">{me.role}</p>
      </div>
      <button
        type="button"
        aria-label={words.shell.signOut}
        title={words.shell.signOut}
        onClick={() => signOut.mutate()}
        className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink"
      >
        <LogOut aria-hidden className="size-4.5" />
      </button>
    </div>
  );
}
