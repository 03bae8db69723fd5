import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { words } from "../words";

const { leftTitle, leftFailed } = words.connections.addPage;

/** Tells the outcome of connecting to somebody who has gone on to another page. */
export function notifyElsewhere(name: string, outcome: Connection | Error): void {
  const shown = plainLine(name, 80);
  if (outcome instanceof Error)
    notify({
      tone: "danger",
      title: leftFailed(shown),
      description: plainLine(outcome.message, 300),
      timeout: 0,
    });
  else
    notify({
      tone: "success",
      title: leftTitle(shown),
      description: words.connections.counts(outcome.counts),
    });
}
