import { HubError } from "../../platform/errors";
import type { PersonContext } from "../identity/person";

/** A session that a team's identity provider opened leads to no other team. Throws `forbidden`. */
export function requireFreeSession({ onlyTeamId }: PersonContext): void {
  if (onlyTeamId === null) return;
  throw new HubError(
    "forbidden",
    "You signed in through a team's own identity provider, which counts in that team only. Sign in another way to join or make a team.",
  );
}
