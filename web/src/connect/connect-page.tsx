import { useSearch } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { BackToConnections } from "../connections/back-to-connections";
import { useMay } from "../shell/use-may";
import { Page } from "../ui/page";
import { EmptyState } from "../ui/states";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { ChoosePage } from "./choose-page";
import { ConnectedPage } from "./connected-page";
import { ReconnectPage } from "./reconnect-page";
import { SetupPage } from "./setup-page";

/** From choosing a connector to what works now; where one is stands in the address. */
export function ConnectPage() {
  const { connector, reconnect, connected } = useSearch({ from: "/shell/connections/new" });
  const mayForTeam = useMay("connections.write");
  const mayOwn = useMay("connections.own");
  if (connected !== undefined)
    return <ConnectedPage key={connected} id={connected} again={reconnect !== undefined} />;
  if (!mayForTeam && !mayOwn)
    return (
      <Page title={connectWords.title} above={<BackToConnections />}>
        <EmptyState icon={<Lock className="size-6" />} title={words.noPermission.title}>
          <p>{connectWords.mayNot}</p>
        </EmptyState>
      </Page>
    );
  if (reconnect !== undefined) return <ReconnectPage key={reconnect} id={reconnect} />;
  if (connector !== undefined) return <SetupPage key={connector} id={connector} />;
  return <ChoosePage />;
}
