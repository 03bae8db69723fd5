import { and, eq, sql } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { discardSecret } from "../discard";
import { secretUses, teamSecrets } from "../tables";
import { readSecret, toSecret, type SecretRow } from "./rows";

/** Takes a secret away for good. Throws `secret_in_use`, naming what uses it. */
export async function deleteTeamSecret(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, "secrets.write");
  const row = await readSecret(ctx, id);
  const { teamId, db } = ctx;
  const used = sql`EXISTS (SELECT 1 FROM ${secretUses} WHERE team_id = ${teamId} AND secret_name = ${row.name})`;
  const self = and(eq(teamSecrets.id, row.id), eq(teamSecrets.teamId, teamId));
  const event = { action: "secret.delete", subjectId: row.id, before: { name: row.name } };
  try {
    await recorded(ctx, event, [
      // Null, which the table refuses, while something uses it: D1 has no transaction in which to look first.
      db
        .update(teamSecrets)
        .set({ name: sql`CASE WHEN ${used} THEN NULL ELSE name END` })
        .where(self),
      db.delete(teamSecrets).where(self),
    ]);
  } catch (error) {
    if (refusedNull(error, "team_secrets.name")) throw await inUse(ctx, row, error);
    throw error;
  }
  await bumpEpoch(ctx);
  await discardSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
}

async function inUse(ctx: Context, row: SecretRow, cause: unknown): Promise<HubError> {
  const { usedBy, uses } = await toSecret(ctx, row);
  const names = usedBy.slice(0, 3).map(({ name }) => JSON.stringify(name));
  const more = uses - names.length;
  const others = more === 1 ? "1 connection more" : `${more} connections more`;
  const users = [
    ...names,
    ...(more > 0 ? [names.length === 0 ? others.replace(" more", "") : others] : []),
  ];
  return new HubError(
    "secret_in_use",
    `The secret ${row.name} is used by ${users.join(", ")}. Give ${uses === 1 ? "it" : "them"} another credential first.`,
    { cause, details: { usedBy, uses } },
  );
}
