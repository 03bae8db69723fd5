import { Lock } from "lucide-react";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Page } from "../ui/page";
import { EmptyState } from "../ui/states";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { AddForm } from "./add-form";
import { AddResult } from "./add-result";
import { BackToConnections } from "./back-to-connections";

const said = words.connections.addPage;

/** From an address to tools that work, on one page. */
export function AddPage() {
  const mayChange = useMay("connections.write");
  const [added, setAdded] = useState<Connection>();
  if (!mayChange)
    return (
      <Page title={said.title} above={<BackToConnections />}>
        <EmptyState icon={<Lock className="size-6" />} title={words.noPermission.title}>
          <p>{words.connections.mayNotChange}</p>
        </EmptyState>
      </Page>
    );
  return (
    <Page
      title={said.title}
      above={<BackToConnections />}
      description={added ? undefined : said.description}
    >
      <div className="w-full max-w-2xl">
        {added ? (
          <AddResult connection={added} onAnother={() => setAdded(undefined)} />
        ) : (
          <AddForm onAdded={setAdded} />
        )}
      </div>
    </Page>
  );
}
