import { count, eq } from "drizzle-orm";
import type { Team, UpdateTeam } from "../../../shared/contracts/members";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, requireSecondFactor, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { members, teams } from "../tables";

const { id, name, createdAt, sensitiveNeedsSecondFactor, recordBodies } = teams;
const shown = { id, name, createdAt, sensitiveNeedsSecondFactor, recordBodies };

/** The caller's team. */
export async function getTeam(ctx: Context): Promise<Team> {
  const [[team], [counted]] = await ctx.db.batch([
    ctx.db.select(shown).from(teams).where(eq(teams.id, ctx.teamId)),
    ctx.db.select({ members: count() }).from(members).where(eq(members.teamId, ctx.teamId)),
  ]);
  if (!team) throw new HubError("unauthorized", "Your team is not known here any more.");
  return { ...team, counts: { members: counted?.members ?? 0 } };
}

/**
 * Changes what is named and leaves the rest. Whoever sets whether sensitive things ask for a second factor has shown
 * theirs: else they could shut themselves out, or open what was closed.
 */
export async function updateTeam(ctx: Context, change: UpdateTeam): Promise<Team> {
  requirePermission(ctx, "team.manage");
  const before = await getTeam(ctx);
  const settings = {
    name: before.name,
    sensitiveNeedsSecondFactor: before.sensitiveNeedsSecondFactor,
    recordBodies: before.recordBodies,
  };
  const after = {
    name: change.name ?? settings.name,
    sensitiveNeedsSecondFactor:
      change.sensitiveNeedsSecondFactor ?? settings.sensitiveNeedsSecondFactor,
    recordBodies: change.recordBodies ?? settings.recordBodies,
  };
  if (after.sensitiveNeedsSecondFactor !== before.sensitiveNeedsSecondFactor)
    requireSecondFactor(ctx, "Changing whether sensitive things ask for a second factor");
  const event = {
    action: "team.update",
    subjectId: ctx.teamId,
    before: settings,
    after,
  };
  await recorded(ctx, event, [ctx.db.update(teams).set(change).where(eq(teams.id, ctx.teamId))]);
  await bumpEpoch(ctx);
  return { ...before, ...after };
}
