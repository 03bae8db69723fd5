import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { life } from "../words/connection-life";
import { isRotationDue, waitingOf } from "./standing";

/** In the list: what is wrong with it or asked of somebody, in a line. */
export function AttentionLine({ connection }: { connection: Connection }) {
  const { lastError, errorCount } = connection;
  const waiting = waitingOf(connection);
  if (waiting !== undefined)
    return (
      <p
        className={`text-[0.8125rem] ${waiting === "needs_reauth" || waiting === "expiring" ? "text-warning" : "text-muted"}`}
      >
        {life.standing[waiting].title}
      </p>
    );
  if (lastError)
    return (
      <p className="line-clamp-2 text-[0.8125rem] text-danger wrap-anywhere">
        <bdi>{plainLine(lastError.message, 300)}</bdi>
        {errorCount > 1 ? ` · ${life.failures(errorCount)}` : ""}
      </p>
    );
  if (isRotationDue(connection, Date.now()))
    return <p className="text-[0.8125rem] text-warning">{life.standing.rotation.title}</p>;
  return null;
}
