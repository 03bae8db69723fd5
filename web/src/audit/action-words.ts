import { plainLine } from "../ui/foreign";
import { words } from "../words";

/** What was done, as one says it; an action without words of its own is said as it is called. */
export const actionInWords = (action: string): string =>
  words.audit.actions[action] ?? plainLine(action, 60);
