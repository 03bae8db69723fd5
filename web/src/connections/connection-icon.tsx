import type { Connection } from "../../../shared/contracts/connections";
import { InitialsTile } from "../connect/initials-tile";
import { ForeignIcon } from "../ui/foreign";
import { isMcp } from "./standing";
import { useVendor } from "./use-vendor";

/** A server's own icon, or the vendor's letters. */
export function ConnectionIcon({
  connection,
  className = "size-9",
}: {
  connection: Connection;
  className?: string;
}) {
  const vendor = useVendor(connection);
  return isMcp(connection) ? (
    <ForeignIcon icons={connection.server?.icons} name={connection.name} className={className} />
  ) : (
    <InitialsTile
      name={vendor?.name ?? connection.connector}
      category={vendor?.category ?? "custom"}
      className={className}
    />
  );
}
