import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { AddLink } from "./add-link";
import { ConnectionList } from "./connection-list";
import { useConnectionNews } from "./use-news";

const AddPage = lazy(() => import("./add-page").then(({ AddPage }) => ({ default: AddPage })));

export function ConnectionsPage() {
  const { add } = useSearch({ from: "/shell/connections" });
  return add ? (
    <Suspense fallback={<Waiting />}>
      <AddPage />
    </Suspense>
  ) : (
    <AllConnections />
  );
}

const Waiting = () => (
  <Page title={words.connections.addPage.title}>
    <SkeletonRows rows={3} />
  </Page>
);

function AllConnections() {
  const mayChange = useMay("connections.write");
  useConnectionNews();
  return (
    <Page
      title={words.connections.title}
      description={words.connections.description}
      actions={mayChange ? <AddLink /> : null}
    >
      <ConnectionList mayChange={mayChange} />
    </Page>
  );
}
