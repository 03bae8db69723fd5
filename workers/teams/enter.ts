import type { Context } from "../platform/context";
import { authenticate, confirm, type Asking, type Entrance } from "./authenticate";
import { countingFailures } from "./count-failures";
import { noteUse } from "./note-use";

/**
 * Who asks, for every request that needs somebody: what does not count is counted, what does is noted as used. Fresh but
 * for what `gate.admit` checks itself. Throws `unauthorized`, `locked_out`, `forbidden`.
 */
export async function enter(
  asking: Asking,
  entrance: Entrance & { fresh: boolean },
): Promise<Context> {
  const ctx = await countingFailures(asking, async () => {
    const known = await authenticate(asking, entrance);
    return entrance.fresh ? confirm(known) : known;
  });
  noteUse(ctx);
  return ctx;
}
