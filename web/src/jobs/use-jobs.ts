import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { announce } from "../shell/announcer";
import { jobs as say } from "../words/jobs";
import { listKeyOf } from "./filters";
import { JobFeed, type JobFeedState } from "./job-feed";
import type { JobsSearch } from "./search";

/** Kept among the queries, so that who comes back finds the list as it was, and signing out forgets it. */
export const jobFeedQuery = queryOptions({
  queryKey: ["job-feed"],
  queryFn: () => new JobFeed(),
  initialData: () => new JobFeed(),
  staleTime: Infinity,
  gcTime: 600_000,
  structuralSharing: false,
});

export function useJobs(search: JobsSearch): [JobFeed, JobFeedState] {
  const { data: feed } = useQuery(jobFeedQuery);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  useEffect(() => feed.listen(), [feed]);
  const key = listKeyOf(search);
  useEffect(() => feed.show(search), [feed, key]);
  return [feed, state];
}

const announceEveryMs = 5000;

/** Says how many jobs ended, never more often than every few seconds. */
export function useAnnouncements(feed: JobFeed): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const tally = feed.takeTally();
      if (tally.ended > 0 && !feed.state().paused) announce(say.arrived(tally));
    }, announceEveryMs);
    return () => clearInterval(timer);
  }, [feed]);
}
