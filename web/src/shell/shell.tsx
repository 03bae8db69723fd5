import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Menu, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { LateStepUp } from "../account/late-step-up";
import { ApiError, NetworkError } from "../client";
import { live } from "../live";
import { useNoticeNews } from "../notices/use-news";
import { IconButton } from "../ui/button";
import { ErrorState } from "../ui/states";
import { words } from "../words";
import { announce, Announcer } from "./announcer";
import { Banners } from "./banners";
import { LateToaster } from "./late-toaster";
import { Logo } from "./logo";
import { Navigation } from "./navigation";
import { meQuery } from "./queries";
import { useShortcuts } from "./shortcuts";
import { useOneTeam } from "./team-news";
import { ToSignIn } from "./to-sign-in";
import { useMay } from "./use-may";
import { useMedia } from "./use-media";

const Palette = lazy(() => import("./palette").then((code) => ({ default: code.Palette })));
const ShortcutList = lazy(() =>
  import("./shortcut-list").then((code) => ({ default: code.ShortcutList })),
);
const Drawer = lazy(() => import("./drawer").then((code) => ({ default: code.Drawer })));
const NoTeam = lazy(() => import("../account/no-team").then((code) => ({ default: code.NoTeam })));

const lookAgainMs = 3000;

type Overlay = "palette" | "shortcuts" | "navigation" | null;

/** What stands around every page of a signed-in reader. */
export function Shell() {
  const me = useQuery({
    ...meQuery,
    refetchInterval: ({ state }) => (state.error instanceof NetworkError ? lookAgainMs : false),
  });
  // A page that is open stays, with what was typed into it; `Banners` leads to signing in again.
  if (me.data) return <Frame />;
  if (me.error instanceof ApiError && me.error.code === "unauthorized")
    return <ToSignIn meanwhile={<Boot />} />;
  if (me.error instanceof ApiError && me.error.code === "no_team")
    return (
      <Suspense fallback={<Boot />}>
        <NoTeam />
      </Suspense>
    );
  if (me.error)
    return (
      <main className="mx-auto flex max-w-xl flex-col gap-6 p-6 pt-24">
        <h1 className="flex items-center gap-3 text-xl">
          <Logo /> {words.product}
        </h1>
        <ErrorState error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  return <Boot />;
}

const Boot = () => (
  <div className="boot" role="status">
    <p>{words.product}</p>
    <p>{words.claim}</p>
  </div>
);

function Frame() {
  const wide = useMedia("(min-width: 64rem)");
  const [overlay, setOverlay] = useState<Overlay>(null);
  const close = useCallback(() => setOverlay(null), []);
  const open = useMemo(
    () => ({ palette: () => setOverlay("palette"), help: () => setOverlay("shortcuts") }),
    [],
  );
  useShortcuts(open);
  const mayHear = useMay("executions.read");
  useEffect(() => (mayHear ? live.open() : undefined), [mayHear]);
  useFocusOnPageChange(close);
  useOneTeam();
  useNoticeNews();
  return (
    <div className="lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-20 rounded-lg bg-primary px-4 py-2 text-on-primary focus:translate-y-0"
      >
        {words.shell.skip}
      </a>
      {wide ? (
        <aside className="sticky top-0 h-dvh overflow-y-auto border-r border-line">
          <Navigation onSearch={open.palette} />
        </aside>
      ) : null}
      <div className="flex min-h-dvh min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex items-center gap-2 border-b border-line bg-canvas px-2 py-1.5 lg:hidden">
          <IconButton label={words.shell.openNavigation} onClick={() => setOverlay("navigation")}>
            <Menu aria-hidden className="size-5" />
          </IconButton>
          <Logo className="size-6" />
          <span className="flex-1 text-sm font-semibold">{words.product}</span>
          <IconButton label={words.shell.search} onClick={open.palette}>
            <Search aria-hidden className="size-5" />
          </IconButton>
        </header>
        <Banners />
        <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          <Outlet />
        </main>
      </div>
      <Suspense>
        {overlay === "palette" ? <Palette onClose={close} showShortcuts={open.help} /> : null}
        {overlay === "shortcuts" ? <ShortcutList onClose={close} /> : null}
        {overlay === "navigation" ? <Drawer onClose={close} onSearch={open.palette} /> : null}
      </Suspense>
      <LateStepUp />
      <LateToaster />
      <Announcer />
    </div>
  );
}

/** A new page begins at its heading, for the keyboard and for screen readers alike. */
function useFocusOnPageChange(close: () => void): void {
  // Not where the reader is going, but where the page has come: its code may have to be loaded first.
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    const first = before.current === undefined;
    if (before.current === pathname) return;
    before.current = pathname;
    if (first) return;
    close();
    const frame = requestAnimationFrame(() => {
      announce(document.title);
      if (document.activeElement === document.body || !document.activeElement?.closest("main *"))
        document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname, close]);
}
