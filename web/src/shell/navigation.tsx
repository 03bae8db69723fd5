import { Link } from "@tanstack/react-router";
import { BookOpen, Monitor, Moon, Search, Sun } from "lucide-react";
import { Fragment } from "react";
import { useLiveState } from "../live";
import { OpenCount } from "../notices/open-count";
import { classNames } from "../ui/class-names";
import { words } from "../words";
import { Person } from "./person";
import { TeamSwitcher } from "./team-switcher";
import { setTheme, useTheme, type Theme } from "./theme";
import { useMay } from "./use-may";
import { usePageGroups } from "./use-pages";

const item =
  "flex min-h-10 items-center gap-3 rounded-lg px-3 text-sm font-medium text-muted transition-colors hover:bg-raised hover:text-ink";

/** What stands at the left of every page, and in the drawer on a phone. */
export function Navigation({ onSearch }: { onSearch: () => void }) {
  const groups = usePageGroups();
  const mayHear = useMay("executions.read");
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <TeamSwitcher />
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
        {groups.map((pages, index) => (
          <Fragment key={index}>
            {index > 0 && pages.length > 0 ? <Line /> : null}
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
                {to === "/inbox" ? <OpenCount /> : null}
              </Link>
            ))}
          </Fragment>
        ))}
        <Line />
        <a href="/api/docs" className={item}>
          <BookOpen aria-hidden className="size-4.5" />
          {words.shell.pages.reference}
        </a>
      </nav>
      <div className="mt-auto flex flex-col gap-3">
        {mayHear ? <Liveness /> : null}
        <ThemeChoice />
        <Person />
      </div>
    </div>
  );
}

const Line = () => <hr className="mx-3 my-1.5 border-line" />;

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
