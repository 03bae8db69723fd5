import { eq } from "drizzle-orm";
import type { RecordBodies } from "../../shared/contracts/members";
import { remember, type Context } from "../platform/context";
import { connectionPerMinute, personPerDay, personPerMinute } from "../platform/settings";
import { findPlan, type NamedPlan } from "./plans";
import { readRules, type OwnLimit, type ReadRules } from "./rules";
import { teams } from "../teams/tables";
import { limits } from "./tables";

/** So many limits of its own a team can set: every isolate that serves it holds them all. */
export const mostOwnLimits = 1000;

type Stored = { plan: string | null; recordBodies: RecordBodies; own: OwnLimit[] };

/** Rules ready to be asked, by what they were read from: the same as long as the team's epoch is. */
const ready = new WeakMap<Stored, { env: Env; rules: ReadRules }>();

/**
 * The team's limits, read once for each epoch of it. Throws `unavailable` where a setting of the deployment is wrong.
 */
export async function rulesOf(ctx: Context): Promise<ReadRules> {
  const { env, teamId } = ctx;
  const stored = await storedOf(ctx);
  const known = ready.get(stored);
  if (known?.env === env) return known.rules;
  const rules = readRules({
    teamId,
    plan: findPlan(env, stored.plan),
    deployment: {
      personPerMinute: personPerMinute(env),
      personPerDay: personPerDay(env),
      connectionPerMinute: connectionPerMinute(env),
    },
    own: stored.own,
  });
  ready.set(stored, { env, rules });
  return rules;
}

const storedOf = (ctx: Context): Promise<Stored> => remember(ctx, "limits", () => readStored(ctx));

async function readStored({ db, teamId }: Context): Promise<Stored> {
  const [[team], own] = await db.batch([
    db
      .select({ plan: teams.plan, recordBodies: teams.recordBodies })
      .from(teams)
      .where(eq(teams.id, teamId)),
    db
      .select({
        scope: limits.scope,
        subjectId: limits.subjectId,
        perMinute: limits.perMinute,
        perDay: limits.perDay,
        budgetPerDay: limits.budgetPerDay,
      })
      .from(limits)
      .where(eq(limits.teamId, teamId))
      .limit(mostOwnLimits),
  ]);
  // Of a team that was deleted meanwhile nothing is kept.
  return { plan: team?.plan ?? null, recordBodies: team?.recordBodies ?? "none", own };
}

/** What the team may use. */
export async function planOf(ctx: Context): Promise<NamedPlan> {
  return (await rulesOf(ctx)).plan;
}

/** What the team keeps of arguments and results. It comes with the limits: no further read. */
export async function recordBodiesOf(ctx: Context): Promise<RecordBodies> {
  return (await storedOf(ctx)).recordBodies;
}
