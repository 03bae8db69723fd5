import { useInfiniteQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { heldBackQuery } from "../tools/queries";
import { LoadMore } from "../ui/load-more";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote } from "../ui/states";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { HeldBackTool } from "./held-back-tool";
import { NoPermissionNote } from "./no-permission-note";

const said = words.connections.held;

/** Tools that the server changed after the team had accepted them. */
export function HeldBackTab({ connection: { id } }: { connection: Connection }) {
  const held = useInfiniteQuery(heldBackQuery(id));
  const mayAccept = useMay("tools.write");
  const tools = held.data?.pages.flatMap(({ items }) => items);
  if (held.error && !tools)
    return <ErrorNote error={held.error} retry={() => void held.refetch()} />;
  if (!tools) return <SkeletonRows rows={2} className="h-40" />;
  if (tools.length === 0)
    return (
      <EmptyState icon={<ShieldCheck className="size-6" />} title={said.none}>
        <p>{said.noneHint}</p>
      </EmptyState>
    );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="max-w-prose text-muted">{said.intro}</p>
      {mayAccept ? null : <NoPermissionNote>{said.mayNot}</NoPermissionNote>}
      <ul className="flex min-w-0 flex-col gap-4">
        {tools.map((tool) => (
          <HeldBackTool key={tool.id} tool={tool} mayAccept={mayAccept} />
        ))}
      </ul>
      <LoadMore list={held} />
    </div>
  );
}
