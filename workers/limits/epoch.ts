import type { Context } from "../platform/context";
import { tryAgain } from "../platform/try-again";

/** Whose access it is: a person's in the team, or that of one key, session or client's grant. */
export type Whose =
  | { personId: string }
  | { keyId: string }
  | { sessionId: string }
  | { grantId: string };

/**
 * What a change means for open pages. Sockets of whoever's access ended are closed for good (4401); those of whoever
 * may do something else now are closed so that they come back (4408) and are looked at anew.
 */
export type AccessChange = { ended?: Whose | readonly Whose[]; changed?: Whose | "everyone" };

/** Whoever's change is written and not told of could not make it again: it would be there already. */
const waitsMs = [50, 200, 800];

/** What Workers remember of the team is void from here on. Always after the write, never before. */
export async function bumpEpoch(
  { env, teamId }: Pick<Context, "env" | "teamId">,
  { ended = [], changed }: AccessChange = {},
): Promise<void> {
  const epoch = await tryAgain(() => env.TEAM_GATE.getByName(teamId).bump(), waitsMs);
  const idsEnded = [ended].flat().map(idOf);
  if (idsEnded.length === 0 && changed === undefined) return;
  const cutOff = {
    epoch,
    ended: idsEnded,
    changed: changed === undefined ? [] : changed === "everyone" ? changed : [idOf(changed)],
  };
  await tryAgain(() => env.TEAM_LEDGER.getByName(teamId).cutOff(cutOff), waitsMs);
}

const idOf = (whose: Whose): string => Object.values(whose)[0] ?? "";
