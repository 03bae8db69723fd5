import { limitHeaders, type LimitName, type LimitState } from "../../limits";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import type { Plan } from "../plan";

type Of = { plan: Pick<Plan, "name" | "connection" | "cost">; exceeded: LimitState };

/** A limit is used up: whose, of what, and until when. */
export function limited({ actor }: Pick<Context, "actor">, { plan, exceeded }: Of): HubError {
  const { name, window, limit, resetMs } = exceeded;
  const seconds = Math.ceil(resetMs / 1000);
  const whose: Record<LimitName, string> = {
    person: "Your",
    key: actor.kind === "mcpClient" ? "This client's" : "This key's",
    connection: `The connection ${plan.connection.name}'s`,
    tool: `The tool ${plan.name}'s`,
    team: "The team's",
    plan: "The team's",
  };
  const by = name === "plan" ? ", which its plan sets," : "";
  const sentence =
    window === "budget"
      ? `What is left today of ${inside(whose[name])} budget of ${limit} units does not pay for this call, which costs ${plan.cost}. ${next(exceeded, plan.cost)}`
      : `${whose[name]} limit of ${limit} calls a ${window}${by} is used up. ${next(exceeded, 1)}`;
  return new HubError("rate_limited", sentence, {
    details: { limit: exceeded, retryAfterSeconds: seconds },
    headers: limitHeaders([exceeded]),
  });
}

const inside = (whose: string): string => whose.charAt(0).toLowerCase() + whose.slice(1);

function next({ window, limit, resetMs }: LimitState, cost: number): string {
  const seconds = Math.ceil(resetMs / 1000);
  if (window === "minute") return `Try again in ${seconds} s.`;
  if (cost > limit) return "It never will: ask an owner or admin of the team for a larger one.";
  const minutes = Math.ceil(seconds / 60);
  const left =
    minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `Try again after midnight UTC, in ${left}.`;
}

/** The team has more calls under way than its plan lets it. */
export function overloaded(retryAfterMs: number): HubError {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  return new HubError(
    "overloaded",
    `The team has as many calls under way as its plan allows. Try again in ${retryAfterSeconds} s, or send fewer at a time.`,
    {
      details: { retryAfterSeconds },
      headers: { "retry-after": String(retryAfterSeconds) },
    },
  );
}
