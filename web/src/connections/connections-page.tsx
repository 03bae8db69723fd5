import { useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense } from "react";
import { ButtonLink } from "../ui/button";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { words } from "../words";
import { ConnectionList } from "./connection-list";
import { useMay } from "../shell/use-may";
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
      actions={
        mayChange ? (
          <ButtonLink
            to="/connections"
            search={{ add: true }}
            look="primary"
            icon={<Plus aria-hidden className="size-4" />}
          >
            {words.connections.add}
          </ButtonLink>
        ) : null
      }
    >
      <ConnectionList mayChange={mayChange} />
    </Page>
  );
}
