import { plainLine } from "../ui/foreign";
import { audit as auditWords } from "../words/audit";

/** What was done, as one says it; an action without words of its own is said as it is called. */
export const actionInWords = (action: string): string =>
  auditWords.actions[action] ?? plainLine(action, 60);
