import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import type { ExecutionLog } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { byCursor, call } from "../client";
import { queryKeys } from "../query-keys";
import { Badge, type Tone } from "../ui/badge";
import { plainLine } from "../ui/foreign";
import { LoadMore } from "../ui/load-more";
import { clockTime } from "../ui/time";
import { activityMore as say } from "../words/activity-more";
import { DetailSection, type Level } from "./detail-section";

const logsQuery = (id: string) =>
  infiniteQueryOptions({
    ...byCursor,
    queryKey: [...queryKeys.executions, "logs", id],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: "100" });
      if (pageParam !== "") asked.set("cursor", pageParam);
      const path = `v1/executions/${encodeURIComponent(id)}/logs?${asked.toString()}`;
      return call<Page<ExecutionLog>>("GET", path, { signal });
    },
    retry: false,
  });

const tones: Record<string, Tone> = {
  warning: "warning",
  error: "danger",
  critical: "danger",
  alert: "danger",
  emergency: "danger",
};

/** What the server wrote while a call ran; nothing where it wrote nothing. */
export function ExecutionLogs({ id, level }: { id: string; level: Level }) {
  const list = useInfiniteQuery(logsQuery(id));
  const lines = list.data?.pages.flatMap(({ items }) => items) ?? [];
  // That there are none, or that they cannot be had, is no news: the events tell what happened.
  if (lines.length === 0) return null;
  return (
    <DetailSection level={level} title={say.logs.title}>
      <ol
        aria-label={say.logs.label}
        tabIndex={0}
        className="flex max-h-80 flex-col gap-1 overflow-y-auto rounded-lg border border-line bg-surface p-3 font-mono text-[0.8125rem]"
      >
        {lines.map(({ seq, at, level: of, logger, data }) => (
          <li key={seq} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <time dateTime={new Date(at).toISOString()} className="text-muted tabular-nums">
              {clockTime(at)}
            </time>
            <Badge tone={tones[of] ?? "neutral"}>{plainLine(of, 20)}</Badge>
            {logger === null ? null : <bdi className="text-muted">{plainLine(logger, 60)}</bdi>}
            <bdi className="min-w-0 whitespace-pre-wrap wrap-anywhere">{textOf(data)}</bdi>
          </li>
        ))}
      </ol>
      <LoadMore list={list} byHand />
    </DetailSection>
  );
}

const textOf = (data: unknown): string =>
  typeof data === "string" ? data : (JSON.stringify(data) ?? "");
