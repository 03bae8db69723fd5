import { and, eq, sql } from "drizzle-orm";
import type { LimitScope, LimitSetting, SetLimit } from "../../../shared/contracts/limits";
import { permissionForLimit } from "../../../shared/limits";
import { recorded } from "../../audit";
import { bumpEpoch, mostOwnLimits, planOf, scopeOf } from "../../limits";
import { limits } from "../../limits/tables";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { namesOf } from "./names";
import { readSetting, toSetting } from "./settings";
import { tellOfLimits } from "./tell";

/** Whose limit it is. The team's id stands for the team as a whole, and for every member. */
type Whose = { scope: LimitScope; id: string };

/**
 * Sets what is named of a limit and leaves the rest. It holds for the next call. Throws `not_found`, `invalid_input`
 * above the team's plan, `conflict` where the team has as many as it can.
 */
export async function setLimit(
  ctx: Context,
  whose: Whose,
  change: SetLimit,
): Promise<LimitSetting> {
  requirePermission(ctx, permissionForLimit[whose.scope]);
  const name = await requireSubject(ctx, whose);
  if (whose.scope === "team") await requireWithinPlan(ctx, change);
  const { scope, id } = whose;
  const before = await readSetting(ctx, whose);
  const named = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  const none = { perMinute: null, perDay: null, budgetPerDay: null };
  const event = {
    action: "limit.set",
    subjectId: id,
    details: { scope },
    before: Object.fromEntries(
      Object.keys(named).map((field) => [field, before?.[field as keyof SetLimit] ?? null]),
    ),
    after: named,
  };
  const mine = and(
    eq(limits.teamId, ctx.teamId),
    eq(limits.scope, scope),
    eq(limits.subjectId, id),
  );
  // Null in the place of the scope refuses one too many: of several at once each counts what the other wrote.
  const place = sql`CASE WHEN EXISTS (SELECT 1 FROM ${limits} WHERE ${mine}) OR (SELECT count(*) FROM ${limits} WHERE ${limits.teamId} = ${ctx.teamId}) < ${mostOwnLimits} THEN ${scope} END`;
  const batch = recorded(ctx, event, [
    ctx.db
      .insert(limits)
      .values({
        ...none,
        ...named,
        teamId: ctx.teamId,
        scope: place as never,
        subjectId: id,
        updatedAt: ctx.now,
      })
      .onConflictDoUpdate({
        target: [limits.teamId, limits.scope, limits.subjectId],
        set: { ...named, updatedAt: ctx.now },
      })
      .returning(),
  ]);
  const [[row]] = await batch.catch((error: unknown) => {
    throw refusedNull(error, "limits.scope") ? tooMany(error) : error;
  });
  await bumpEpoch(ctx);
  tellOfLimits(ctx);
  return toSetting(row ?? { ...none, scope, subjectId: id, updatedAt: ctx.now }, name);
}

/** Takes back what the team set: the plan's and the deployment's limits hold. Throws `not_found`. */
export async function clearLimit(ctx: Context, whose: Whose): Promise<void> {
  requirePermission(ctx, permissionForLimit[whose.scope]);
  const row = await readSetting(ctx, whose);
  if (!row)
    throw new HubError(
      "not_found",
      "The team set no limit of its own here. List its limits to see which it has: GET /api/v1/limits/settings.",
    );
  const { teamId, scope, subjectId, perMinute, perDay, budgetPerDay } = row;
  const event = {
    action: "limit.clear",
    subjectId,
    details: { scope },
    before: { perMinute, perDay, budgetPerDay },
  };
  await recorded(ctx, event, [
    ctx.db
      .delete(limits)
      .where(
        and(eq(limits.teamId, teamId), eq(limits.scope, scope), eq(limits.subjectId, subjectId)),
      ),
  ]);
  await bumpEpoch(ctx);
  tellOfLimits(ctx);
}

/** What it is called. Throws `not_found` for what the team does not have, or what is hidden from the caller. */
async function requireSubject(ctx: Context, { scope, id }: Whose): Promise<string> {
  const kind = scope === "member" ? "team" : scope;
  const name = scopeOf(id) === kind ? (await namesOf(ctx, [id])).get(id) : undefined;
  if (name !== undefined) return name;
  throw new HubError(
    "not_found",
    `The team has no ${kind} ${JSON.stringify(id.slice(0, 100))}${kind === "team" ? ": name its own id" : ""}.`,
  );
}

async function requireWithinPlan(ctx: Context, change: SetLimit): Promise<void> {
  const plan = await planOf(ctx);
  for (const field of ["perMinute", "perDay"] as const) {
    const [most, wanted] = [plan[field], change[field] ?? 0];
    if (most !== null && wanted > most)
      throw new HubError(
        "invalid_input",
        `body.${field}: is above the ${most} of the team's plan ${plan.name}. Set no more than that, or 0 to have the plan's.`,
        { details: { field: `body.${field}` } },
      );
  }
}

const tooMany = (cause: unknown): HubError =>
  new HubError(
    "conflict",
    `The team has set ${mostOwnLimits} limits, as many as it can. Take one away first, or set the limit of every member.`,
    { cause },
  );
