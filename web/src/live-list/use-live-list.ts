import { useQuery, type DefinedInitialDataOptions } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { announce } from "../shell/announcer";
import type { ListState, LiveList } from "./live-list";

type AnyList = Pick<
  LiveList<object, unknown, { id: string }>,
  "state" | "subscribe" | "listen" | "takeTally"
>;
type ListOf<Search> = AnyList & {
  keyOf: (search: Search) => string;
  show: (search: Search) => void;
};

/** Kept among the queries, so that who comes back finds the list as it was, and signing out forgets it. */
export const keptList = { staleTime: Infinity, gcTime: 600_000, structuralSharing: false };

export function useLiveList<Search, List extends ListOf<Search>>(
  query: DefinedInitialDataOptions<List, Error, List, string[]>,
  search: Search,
): [List, ListState] {
  const { data: list } = useQuery(query);
  const state = useSyncExternalStore(list.subscribe, list.state);
  useEffect(() => list.listen(), [list]);
  const key = list.keyOf(search);
  useEffect(() => list.show(search), [list, key]);
  return [list, state];
}

const announceEveryMs = 5000;

/** Says what came, never more often than every few seconds. */
export function useAnnouncements(
  list: AnyList,
  say: (tally: ReturnType<AnyList["takeTally"]>) => string,
): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const tally = list.takeTally();
      if (tally.count > 0 && !list.state().paused) announce(say(tally));
    }, announceEveryMs);
    return () => clearInterval(timer);
  }, [list, say]);
}
