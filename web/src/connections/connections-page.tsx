import { Page } from "../ui/page";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { AddLink } from "./add-link";
import { ConnectionList } from "./connection-list";
import { TransferMenu } from "./transfer-menu";
import { useMayAdd } from "./use-manage";
import { useConnectionNews } from "./use-news";

export function ConnectionsPage() {
  const mayAdd = useMayAdd();
  const mayRead = useMay("connections.read");
  const mayWrite = useMay("connections.write");
  useConnectionNews();
  return (
    <Page
      title={words.connections.title}
      description={words.connections.description}
      actions={
        mayRead ? (
          <>
            {mayAdd ? <AddLink /> : null}
            <TransferMenu mayImport={mayWrite} />
          </>
        ) : null
      }
    >
      <ConnectionList mayAdd={mayAdd} />
    </Page>
  );
}
