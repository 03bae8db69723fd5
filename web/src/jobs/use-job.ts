import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ExecutionEvent } from "../../../shared/contracts/executions";
import type { LiveMessage } from "../../../shared/contracts/live";
import type { JobEvent } from "../../../shared/contracts/jobs";
import { useLive } from "../live";
import { announce } from "../shell/announcer";
import { plainLine } from "../ui/foreign";
import { jobs as say } from "../words/jobs";
import { moved, progressIn } from "./loaded-jobs";
import { jobEventsQuery, jobQuery } from "./requests";

/** One job, kept up to date. What happens to it is heard; what that leaves open is asked for. */
export function useJob(id: string) {
  const queries = useQueryClient();
  useLive(
    useCallback(
      (message: LiveMessage) => {
        const { queryKey } = jobQuery(id);
        if (message.type === "reset") return void queries.invalidateQueries({ queryKey });
        const said = progressIn(message);
        if (said?.id === id)
          queries.setQueryData(queryKey, (known) =>
            known?.status === "running" ? { ...known, progress: said.progress } : known,
          );
        if (message.type !== "job" || message.event.jobId !== id) return;
        const { job } = message;
        if (job) queries.setQueryData(queryKey, (known) => known && moved(known, job));
        void queries.invalidateQueries({ queryKey });
      },
      [queries, id],
    ),
  );
  const job = useQuery(jobQuery(id));
  const status = job.data?.status;
  const before = useRef(status);
  useEffect(() => {
    const name = job.data?.name;
    if (before.current !== undefined && status !== before.current && status && name)
      announce(say.detail.moved(plainLine(name, 80), say.status[status]));
    before.current = status;
  }, [status, job.data?.name]);
  return job;
}

export type AnyEvent = JobEvent | ExecutionEvent;

/** What happened to a job and in its attempts, oldest first; what comes while it runs is added. */
export function useJobEvents(id: string) {
  const query = useInfiniteQuery(jobEventsQuery(id));
  const [heard, setHeard] = useState<AnyEvent[]>([]);
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type === "job" && message.event.jobId === id) {
          const event = message.event as JobEvent;
          setHeard((before) => [...before, event]);
        }
        if (message.type === "event" && message.execution?.context.jobId === id) {
          const { event } = message;
          setHeard((before) => [...before, event]);
        }
      },
      [id],
    ),
  );
  const loaded = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const bySeq = new Map(
    [...loaded, ...(query.hasNextPage ? [] : heard)].map((event) => [event.seq, event]),
  );
  const events = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  return { query, events };
}
