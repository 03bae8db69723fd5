import { dayOf, scopeOf, type LimitWarning } from "../../limits";
import { notify, type Matter } from "../../notifications";
import type { Context } from "../../platform/context";
import { describeError, log } from "../../platform/log";
import { tryAgain } from "../../platform/try-again";
import type { Plan } from "../plan";
import { tellOfLimits } from "./tell";

type Of = Pick<Plan, "name"> & { connection: Pick<Plan["connection"], "name" | "ownerId"> };

/**
 * A call took a limit of the day past 80 % or to its end, or was the first that the rest of a budget does not pay for:
 * whoever it concerns hears so, in the background. No later call says so again.
 */
export function warnOfLimits(ctx: Context, plan: Of, warnings: readonly LimitWarning[] = []): void {
  if (warnings.length === 0) return;
  const { requestId, teamId } = ctx;
  tellOfLimits(ctx);
  for (const warning of warnings)
    ctx.waitUntil(
      tryAgain(() => notify(ctx, matterOf(ctx, plan, warning))).catch((error: unknown) =>
        log("warn", "limits.not_warned", { requestId, teamId, error: describeError(error) }),
      ),
    );
}

function matterOf(ctx: Context, { name: toolName, connection }: Of, warning: LimitWarning): Matter {
  const { subject, window, limit, used, percent, unpaid } = warning;
  const scope = scopeOf(subject);
  const whose = {
    person: "Your",
    key: ctx.actor.kind === "mcpClient" ? "An AI client's" : "An API key's",
    connection: `The connection ${connection.name}'s`,
    tool: `The tool ${toolName}'s`,
    team: "The team's",
  }[scope];
  const [what, unit] = window === "day" ? ["day limit", "calls"] : ["budget of the day", "units"];
  const reached = percent === 100;
  const next =
    unpaid !== undefined
      ? `What is left does not pay for a call that costs ${unpaid}: such calls are refused until midnight UTC.`
      : reached
        ? "Further calls are refused until midnight UTC."
        : "At the end of it calls are refused until midnight UTC.";
  // A connection that is one person's own, and its tools, are nobody else's business.
  const owner =
    scope === "person" || scope === "key"
      ? ctx.actor.personId
      : scope === "team"
        ? null
        : connection.ownerId;
  return {
    kind: reached ? "limit.reached" : "limit.near",
    subjectId: subject,
    // Once for each limit, window and day.
    matter: `limit/${window}/${subject}/${dayOf(ctx.now)}/${percent}`,
    title: `${whose} ${what} ${unpaid === undefined ? `is ${reached ? "used up" : `used to ${percent} %`}` : "does not pay for a call"}`,
    text: `${used} of ${limit} ${unit} have been used today. ${next}`,
    path: "/limits",
    audience: owner === null ? { maker: null } : { owner },
  };
}
