import { useQuery } from "@tanstack/react-query";
import type { OAuthApp } from "../../../shared/contracts/connectors";
import { Dialog } from "../ui/dialog";
import { notify } from "../ui/notify";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { AppSteps } from "./app-steps";
import { connectorQuery } from "./queries";

const say = connectWords.apps;

/** The team's app at one vendor: how to come by it, and what it is now. */
export function AppDialog({
  connector,
  known,
  onClose,
}: {
  connector: string;
  known: OAuthApp | undefined;
  onClose: () => void;
}) {
  const { data, error, refetch } = useQuery(connectorQuery(connector));
  const app = data?.methods.find((method) => method.app !== null)?.app;
  return (
    <Dialog open onClose={onClose} title={say.replaceTitle(data?.name ?? connector)}>
      {error && !data ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <SkeletonRows rows={3} /> : null}
      {data && !app ? <p>{say.needsNone(data.name)}</p> : null}
      {data && app ? (
        <AppSteps
          connector={connector}
          name={data.name}
          app={app}
          known={known?.source === "team" ? known : undefined}
          onSaved={() => {
            notify({ tone: "success", title: connectWords.app.saved(data.name) });
            onClose();
          }}
        />
      ) : null}
    </Dialog>
  );
}
