import type { Limits, LimitQuery, LimitUse } from "../../../shared/contracts/limits";
import type { Page } from "../../../shared/contracts/pages";
import { placeOf, rulesOf, scopeOf, type Place } from "../../limits";
import { may, requirePermission, type Context } from "../../platform/context";
import { namesOf } from "./names";

/** What whoever asks has left, and the team; what its vendors said; and which servers are left alone for now. */
export async function readLimits(ctx: Context): Promise<Limits> {
  const rules = await rulesOf(ctx);
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  const seesConnections = may(ctx, "connections.read");
  const [{ uses, underWay }, breakers, vendors] = await Promise.all([
    gate.standing(rules.limitsOf({ actor: ctx.actor })),
    seesConnections ? gate.breakers() : [],
    seesConnections ? gate.vendors() : [],
  ]);
  const names = await namesOf(ctx, [
    ...uses.map(({ subject }) => subject),
    ...[...breakers, ...vendors].map(({ connectionId }) => connectionId),
  ]);
  // One that was deleted, or is hidden from whoever asks, has no name.
  const named = <Of extends { connectionId: string }>(all: readonly Of[]) =>
    all.flatMap((one) => {
      const name = names.get(one.connectionId);
      return name === undefined ? [] : [{ ...one, name }];
    });
  return {
    plan: rules.plan,
    own: uses.map(({ subject, window, limit, used, resetAt }) => ({
      scope: scopeOf(subject),
      subjectId: subject,
      name: names.get(subject) ?? subject,
      window,
      limit,
      used,
      remaining: Math.max(0, limit - used),
      resetAt,
      from: rules.find(subject, window)?.from ?? "deployment",
    })),
    vendors: named(vendors),
    breakers: named(breakers),
    inFlight: { now: underWay, most: rules.plan.inFlight },
  };
}

/**
 * Limits that were used lately, the nearest to its end first. A page may be short: what is hidden from whoever asks, or
 * was deleted, is left out of it.
 */
export async function listUses(ctx: Context, query: LimitQuery): Promise<Page<LimitUse>> {
  requirePermission(ctx, "executions.read");
  const { rules } = await rulesOf(ctx);
  const { items, more } = await ctx.env.TEAM_GATE.getByName(ctx.teamId).uses(rules, {
    scope: query.scope,
    window: query.window,
    after: query.cursor === undefined ? undefined : readCursor(query.cursor),
    most: query.limit,
  });
  const names = await namesOf(
    ctx,
    items.map(({ subject }) => subject),
  );
  const last = items.at(-1);
  return {
    items: items.flatMap(({ subject, ...use }) => {
      const name = names.get(subject);
      if (name === undefined) return [];
      const remaining = Math.max(0, use.limit - use.used);
      return [{ ...use, subjectId: subject, name, remaining }];
    }),
    nextCursor: more && last ? cursorOf(placeOf(last)) : null,
  };
}

const cursorOf = ({ share, key }: Place): string => `${share}~${key}`;

function readCursor(cursor: string): Place {
  const [share, key = ""] = cursor.split("~", 2);
  return { share: Number(share), key };
}
