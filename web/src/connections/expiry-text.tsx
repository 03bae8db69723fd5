import type { Connection } from "../../../shared/contracts/connections";
import { RelativeTime } from "../ui/time";
import { life } from "../words/connection-life";
import { expiryOf } from "./standing";

/** "Renews itself", "Ends in 3 days". */
export function ExpiryText({ connection }: { connection: Connection }) {
  const expiry = expiryOf(connection, Date.now());
  if (!("at" in expiry))
    return (
      <span className={expiry.kind === "over" ? "text-danger" : undefined}>
        {life.expiry[expiry.kind]}
      </span>
    );
  return (
    <span className={expiry.kind === "ended" ? "text-danger" : undefined}>
      {life.expiry[expiry.kind]} <RelativeTime at={expiry.at} />
    </span>
  );
}
