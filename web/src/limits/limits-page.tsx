import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import type { LimitScope } from "../../../shared/contracts/limits";
import type { LiveMessage } from "../../../shared/contracts/live";
import { permissionForLimit } from "../../../shared/limits";
import { useLive } from "../live";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { useMay } from "../shell/use-may";
import { Page } from "../ui/page";
import { Skeleton, SkeletonRows } from "../ui/skeleton";
import { ErrorNote, ErrorState } from "../ui/states";
import { limits as say } from "../words/limits";
import { PlanCard } from "./plan-card";
import { limitsQuery } from "./requests";
import type { LimitsSearch } from "./search";
import { ServerList } from "./server-list";
import { SetForYou } from "./set-for-you";
import { SettingsSection } from "./settings-section";
import { UsageList } from "./usage-list";
import { WhatIsLeft } from "./what-is-left";

export function LimitsPage() {
  const search = useSearch({ from: "/shell/limits" });
  const navigate = useNavigate();
  const settable = useScopes();
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
          {settable.length > 0 ? <SettingsSection scopes={settable} /> : null}
          {settable.includes("team") ? null : <SetForYou own={limits.data.own} />}
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

const scopes = Object.keys(permissionForLimit) as LimitScope[];

/** Whose limits the signed-in person may set. */
function useScopes(): LimitScope[] {
  const mine = useQuery(meQuery).data?.permissions ?? [];
  return scopes.filter((scope) => mine.includes(permissionForLimit[scope]));
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
