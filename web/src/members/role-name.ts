import { plainLine } from "../ui/foreign";
import { words } from "../words";

/** A role as people read it: ours by our word for it, the team's own by the name it was given. */
export const roleName = (id: string, given: string): string =>
  words.team.roleNames[id] ?? plainLine(given, 40);
