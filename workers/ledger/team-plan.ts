import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { planNamed, readPlans, type Plan } from "../../shared/plans";
import { teams } from "../teams/tables";

/** A team's plan as it is now; null for a team that nobody knows. */
export async function currentPlan(env: Env, teamId: string): Promise<Plan | null> {
  const team = await drizzle(env.DB)
    .select({ plan: teams.plan })
    .from(teams)
    .where(eq(teams.id, teamId))
    .get();
  if (!team) return null;
  const [texts, usual]: [string, string] = [env.PLUGBOARD_PLANS, env.PLUGBOARD_PLAN];
  const known = readPlans(texts);
  if ("fault" in known) throw new Error(known.fault);
  const found = planNamed(known.plans, { name: team.plan, usual });
  if ("fault" in found) throw new Error(found.fault);
  return found.plan;
}
