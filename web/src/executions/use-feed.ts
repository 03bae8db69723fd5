import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { announce } from "../shell/announcer";
import { words } from "../words";
import { Feed, type FeedState } from "./feed";
import { listKeyOf } from "./filters";
import type { ActivitySearch } from "./search";

/** Kept among the queries, so that who comes back finds the list as it was, and signing out forgets it. */
export const feedQuery = queryOptions({
  queryKey: ["activity-feed"],
  queryFn: () => new Feed(),
  initialData: () => new Feed(),
  staleTime: Infinity,
  gcTime: 600_000,
  structuralSharing: false,
});

export function useFeed(search: ActivitySearch): [Feed, FeedState] {
  const { data: feed } = useQuery(feedQuery);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  useEffect(() => feed.listen(), [feed]);
  const key = listKeyOf(search);
  useEffect(() => feed.show(search), [feed, key]);
  return [feed, state];
}

const announceEveryMs = 5000;

/** Says how many calls came, never more often than every few seconds. */
export function useAnnouncements(feed: Feed): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const tally = feed.takeTally();
      if (tally.begun > 0 && !feed.state().paused) announce(words.activity.arrived(tally));
    }, announceEveryMs);
    return () => clearInterval(timer);
  }, [feed]);
}
