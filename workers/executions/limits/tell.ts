import type { Context } from "../../platform/context";
import { describeError, log } from "../../platform/log";

/** Open pages load their limits anew. In the background, and no harm where it fails: they ask again by themselves. */
export function tellOfLimits(
  ctx: Pick<Context, "env" | "teamId" | "requestId" | "waitUntil">,
): void {
  const { env, teamId, requestId } = ctx;
  ctx.waitUntil(
    env.TEAM_LEDGER.getByName(teamId)
      .tellEverybody({ type: "limits" })
      .catch((error: unknown) =>
        log("warn", "limits.not_told", { requestId, teamId, error: describeError(error) }),
      ),
  );
}
