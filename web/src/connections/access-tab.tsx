import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { AccessForm } from "./access-form";
import { accessQuery } from "./queries";

/** Who may use the connection. */
export function AccessTab({ connection: { id } }: { connection: Connection }) {
  const access = useQuery(accessQuery(id));
  if (access.error && !access.data)
    return <ErrorNote error={access.error} retry={() => void access.refetch()} />;
  if (!access.data) return <SkeletonRows rows={3} className="h-20" />;
  return <AccessForm key={JSON.stringify(access.data)} id={id} access={access.data} />;
}
