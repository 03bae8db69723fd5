import { planNamed, readPlans, type Plan } from "../../shared/plans";
import { HubError } from "../platform/errors";
import { once } from "../platform/settings";

export type NamedPlan = Plan & { name: string };

/** The deployment's plans by name. Throws `unavailable` on a setting that is none. */
export const plansOf = once((env): ReadonlyMap<string, Plan> => {
  const text: string = env.PLUGBOARD_PLANS;
  const read = readPlans(text);
  if ("fault" in read) throw new HubError("unavailable", read.fault);
  return read.plans;
});

/** The plan of this name; with null the one of every team that was given none. Throws `unavailable`. */
export function findPlan(env: Env, name: string | null): NamedPlan {
  const usual: string = env.PLUGBOARD_PLAN;
  const found = planNamed(plansOf(env), { name, usual });
  if ("fault" in found) throw new HubError("unavailable", found.fault);
  return found.plan;
}
