import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { LogIn, RefreshCw, WifiOff } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { live, useLiveState } from "../live";
import { ApiError } from "../client";
import { NoticeBanner } from "../notices/notice-banner";
import { queryKeys } from "../query-keys";
import { Button, ButtonLink } from "../ui/button";
import { words } from "../words";
import { announce } from "./announcer";
import { meQuery } from "./queries";
import { useNewVersion } from "./version";

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener("online", listener);
      addEventListener("offline", listener);
      return () => {
        removeEventListener("online", listener);
        removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
}

const banner = "flex items-center gap-3 border-b px-4 py-2 text-sm sm:px-6 lg:px-8";

/** What concerns the whole page: no network, no live updates, a new version. */
export function Banners() {
  const online = useOnline();
  const state = useLiveState();
  const update = useNewVersion();
  const { href } = useLocation();
  const { error } = useQuery(meQuery);
  const ended = error instanceof ApiError && error.code === "unauthorized";
  const interrupted = useRef(false);
  const queries = useQueryClient();
  useEffect(() => {
    if (state === "offline") interrupted.current = true;
    if (state !== "live" || !interrupted.current) return;
    interrupted.current = false;
    announce(words.shell.live.back);
    // What failed while the hub was away is asked for again.
    void queries.refetchQueries({ predicate: ({ state }) => state.status === "error" });
  }, [state, queries]);
  useEffect(
    () => live.whenCutOff(() => void queries.invalidateQueries({ queryKey: queryKeys.me })),
    [queries],
  );
  return (
    <>
      {online && (ended || state !== "offline") ? null : (
        <div role="status" className={`${banner} border-warning/30 bg-warning-soft text-warning`}>
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <p>{online ? words.shell.live.lost : words.offline.banner}</p>
        </div>
      )}
      {ended ? (
        <div role="alert" className={`${banner} border-danger/30 bg-danger-soft text-danger`}>
          <LogIn aria-hidden className="size-4 shrink-0" />
          <p className="flex-1">{words.signIn.endedHere}</p>
          <ButtonLink to="/sign-in" search={{ next: href, ended: true }} size="small">
            {words.signIn.title}
          </ButtonLink>
        </div>
      ) : null}
      {ended ? null : <NoticeBanner className={banner} />}
      {update ? (
        <div role="status" className={`${banner} border-accent/30 bg-accent-soft text-accent`}>
          <RefreshCw aria-hidden className="size-4 shrink-0" />
          <p className="flex-1">{words.newVersion.title}</p>
          <Button size="small" onClick={update}>
            {words.newVersion.action}
          </Button>
        </div>
      ) : null}
    </>
  );
}
