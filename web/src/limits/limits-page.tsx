import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import type { LiveMessage } from "../../../shared/contracts/executions";
import { useLive } from "../live";
import { queryKeys } from "../query-keys";
import { useMay } from "../shell/use-may";
import { Page } from "../ui/page";
import { Skeleton, SkeletonRows } from "../ui/skeleton";
import { ErrorNote, ErrorState } from "../ui/states";
import { limits as say } from "../words/limits";
import { PlanCard } from "./plan-card";
import { limitsQuery } from "./requests";
import type { LimitsSearch } from "./search";
import { ServerList } from "./server-list";
import { SettingsSection } from "./settings-section";
import { UsageList } from "./usage-list";
import { WhatIsLeft } from "./what-is-left";

export function LimitsPage() {
  const search = useSearch({ from: "/shell/limits" });
  const navigate = useNavigate();
  const mayChange = useMay("team.manage");
  const maySeeOthers = useMay("executions.read");
  const limits = useQuery(limitsQuery);
  useNews();
  const change = (next: LimitsSearch) =>
    void navigate({ to: "/limits", search: next, replace: true, resetScroll: false });
  if (limits.error && !limits.data)
    return (
      <Page title={say.title}>
        <ErrorState error={limits.error} retry={() => void limits.refetch()} />
      </Page>
    );
  return (
    <Page title={say.title} description={say.description}>
      {limits.data ? (
        <>
          {limits.error ? (
            <ErrorNote error={limits.error} retry={() => void limits.refetch()} />
          ) : null}
          <WhatIsLeft own={limits.data.own} />
          <ServerList limits={limits.data} />
          {maySeeOthers ? <UsageList search={search} change={change} /> : null}
          {mayChange ? <SettingsSection /> : null}
          <PlanCard limits={limits.data} />
        </>
      ) : (
        <>
          <SkeletonRows rows={2} className="h-32" />
          <Skeleton className="h-24 w-full" />
        </>
      )}
    </Page>
  );
}

const atMostEveryMs = 1000;

/** Loads the limits anew when the hub says that they have changed, however often it says so. */
function useNews(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(
    useCallback(
      (message: LiveMessage) => {
        if (message.type !== "limits" && message.type !== "reset") return;
        timer.current ??= setTimeout(() => {
          timer.current = undefined;
          void queries.invalidateQueries({ queryKey: queryKeys.limits });
        }, atMostEveryMs);
      },
      [queries],
    ),
  );
}
