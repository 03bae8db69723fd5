import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Blocks, Lock, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { OAuthApp } from "../../../shared/contracts/connectors";
import { BackToConnections } from "../connections/back-to-connections";
import { queryKeys } from "../query-keys";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { LoadMore } from "../ui/load-more";
import { notify } from "../ui/notify";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { deleteApp } from "./api";
import { AppRow } from "./app-row";
import { appsQuery } from "./queries";
import { useConnectorName } from "./use-connector-name";

const say = connectWords.apps;
const AppDialog = lazy(() => import("./app-dialog").then((code) => ({ default: code.AppDialog })));
const AddAppDialog = lazy(() =>
  import("./add-app-dialog").then((code) => ({ default: code.AddAppDialog })),
);

/** The team's apps at vendors. `?app=` opens one. */
export function AppsPage() {
  if (useMay("connections.write")) return <Apps />;
  return (
    <Page title={say.title} description={say.description} above={<BackToConnections />}>
      <EmptyState icon={<Lock className="size-6" />} title={words.noPermission.title}>
        <p>{say.mayNot}</p>
      </EmptyState>
    </Page>
  );
}

function Apps() {
  const { app: asked } = useSearch({ from: "/shell/connections/apps" });
  const navigate = useNavigate();
  const list = useInfiniteQuery(appsQuery);
  const nameOf = useConnectorName();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<OAuthApp>();
  const open = (app?: string) =>
    void navigate({ to: "/connections/apps", search: app === undefined ? {} : { app } });
  const apps = list.data?.pages.flatMap(({ items }) => items);
  const remove = useRemoveApp(nameOf);
  const add = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setAdding(true)}
    >
      {say.add}
    </Button>
  );
  return (
    <Page
      title={say.title}
      description={say.description}
      above={<BackToConnections />}
      actions={apps?.length ? add : null}
    >
      {list.error && !apps ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {remove.error ? <ErrorNote error={remove.error} /> : null}
      {list.isPending ? <SkeletonRows rows={3} className="h-17" /> : null}
      {apps?.length === 0 ? (
        <EmptyState icon={<Blocks className="size-6" />} title={say.empty} actions={add}>
          <p>{say.emptyHint}</p>
        </EmptyState>
      ) : null}
      {apps?.length ? (
        <Panel>
          <ul aria-label={say.list} className="divide-y divide-line">
            {apps.map((app) => (
              <AppRow
                key={app.connector}
                app={app}
                name={nameOf(app.connector)}
                onReplace={() => open(app.connector)}
                onRemove={() => setRemoving(app)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} />
      <Suspense>
        {asked === undefined || !apps ? null : (
          <AppDialog
            connector={asked}
            known={apps.find(({ connector }) => connector === asked)}
            onClose={() => open()}
          />
        )}
        {adding ? (
          <AddAppDialog
            taken={apps?.map(({ connector }) => connector) ?? []}
            onClose={() => setAdding(false)}
            onChoose={(connector) => {
              setAdding(false);
              open(connector);
            }}
          />
        ) : null}
      </Suspense>
      {removing ? (
        <ConfirmDialog
          open
          danger
          onClose={() => setRemoving(undefined)}
          title={say.removeTitle(nameOf(removing.connector))}
          description={say.removeWhy}
          confirm={say.remove}
          busy={remove.isPending}
          onConfirm={() => {
            remove.mutate(removing.connector);
            setRemoving(undefined);
          }}
        />
      ) : null}
    </Page>
  );
}

function useRemoveApp(nameOf: (connector: string) => string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (connector: string) => deleteApp(connector),
    onSuccess: (_, connector) => {
      notify({ tone: "success", title: say.removed(nameOf(connector)) });
      return queries.invalidateQueries({ queryKey: queryKeys.connectors });
    },
  });
}
