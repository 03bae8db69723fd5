import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { Secret } from "../../../shared/contracts/secrets";
import { connections } from "../../connections/tables";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { shownTo } from "../../platform/hidden";
import { secretUses, teamSecrets } from "../tables";

export type SecretRow = typeof teamSecrets.$inferSelect;

/** D1 takes a hundred parameters. */
const namesAtOnce = 90;
const mostNamed = 50;

/** As they are shown, with what uses them. */
export async function toSecrets(ctx: Context, rows: readonly SecretRow[]): Promise<Secret[]> {
  const uses = new Map<string, Pick<Secret, "usedBy" | "uses">>();
  for (let from = 0; from < rows.length; from += namesAtOnce) {
    const names = rows.slice(from, from + namesAtOnce).map(({ name }) => name);
    for (const [name, use] of await usesOf(ctx, names)) uses.set(name, use);
  }
  return rows.map((row) => {
    const { id, name, description, lastFour, createdBy, createdAt, updatedAt } = row;
    const { usedBy = [], uses: used = 0 } = uses.get(name) ?? {};
    return { id, name, description, lastFour, usedBy, uses: used, createdBy, createdAt, updatedAt };
  });
}

export async function toSecret(ctx: Context, row: SecretRow): Promise<Secret> {
  const [secret] = await toSecrets(ctx, [row]);
  if (!secret) throw noSecretOf(row.id);
  return secret;
}

async function usesOf(ctx: Context, names: readonly string[]) {
  const { db, teamId } = ctx;
  const named = and(eq(secretUses.teamId, teamId), inArray(secretUses.secretName, [...names]));
  const ranked = db.$with("ranked").as(
    db
      .select({
        secretName: secretUses.secretName,
        id: connections.id,
        name: connections.name,
        place:
          sql<number>`row_number() OVER (PARTITION BY ${secretUses.secretName} ORDER BY ${connections.id})`.as(
            "place",
          ),
      })
      .from(secretUses)
      .innerJoin(
        connections,
        and(eq(connections.id, secretUses.connectionId), eq(connections.teamId, teamId)),
      )
      .where(and(named, shownTo(ctx, connections.id))),
  );
  const [counts, shown] = await db.batch([
    db
      .select({ secretName: secretUses.secretName, uses: count() })
      .from(secretUses)
      .where(named)
      .groupBy(secretUses.secretName),
    db
      .with(ranked)
      .select({ secretName: ranked.secretName, id: ranked.id, name: ranked.name })
      .from(ranked)
      .where(sql`${ranked.place} <= ${mostNamed}`),
  ]);
  return new Map(
    counts.map(({ secretName, uses }) => [
      secretName,
      {
        uses,
        usedBy: shown
          .filter((use) => use.secretName === secretName)
          .map(({ id, name }) => ({ kind: "connection" as const, id, name })),
      },
    ]),
  );
}

/** Throws `not_found`. */
export async function readSecret(ctx: Context, id: string): Promise<SecretRow> {
  const row = await ctx.db
    .select()
    .from(teamSecrets)
    .where(and(eq(teamSecrets.id, id), eq(teamSecrets.teamId, ctx.teamId)))
    .get();
  if (!row) throw noSecretOf(id);
  return row;
}

export const noSecretOf = (id: string): HubError =>
  new HubError(
    "not_found",
    `There is no secret ${JSON.stringify(id.slice(0, 100))}. List the secrets to see their ids.`,
  );

/** Enough to know one again; of a short one it would be too much. */
export function lastFourOf(value: string): string | null {
  const characters = Array.from(value);
  return characters.length < 12 ? null : characters.slice(-4).join("");
}
