import { and, eq, sql } from "drizzle-orm";
import type { Secret, UpdateSecret } from "../../../shared/contracts/secrets";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { discardSecret } from "../discard";
import { putSecret } from "../store";
import { teamSecrets } from "../tables";
import { lastFourOf, noSecretOf, readSecret, toSecret, type SecretRow } from "./rows";

/**
 * Changes what is named. Another value is used from the next call on. It gets an id of its own: where the change fails,
 * the value there was is where it was. Throws `conflict` where somebody else was faster.
 */
export async function updateSecret(
  ctx: Context,
  id: string,
  { value, description }: UpdateSecret,
): Promise<Secret> {
  requirePermission(ctx, "secrets.write");
  const row = await readSecret(ctx, id);
  const old = { id: row.credentialId, version: row.credentialVersion };
  const ref = { id: newId("crd", ctx.now), version: row.credentialVersion + 1 };
  const columns: Partial<SecretRow> = {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined
      ? {}
      : {
          credentialId: ref.id,
          credentialVersion: ref.version,
          lastFour: lastFourOf(value),
        }),
    updatedAt: ctx.now,
  };
  if (value !== undefined)
    await putSecret(ctx, ref, { value }, { kind: "secret", subjectId: row.id });
  let next: SecretRow | undefined;
  try {
    const event = {
      action: "secret.update",
      subjectId: row.id,
      details: { name: row.name, valueReplaced: value !== undefined },
      before: { description: row.description },
      after: { description: description === undefined ? row.description : description },
    };
    [[next]] = await recorded(ctx, event, [
      ctx.db
        .update(teamSecrets)
        // Null, which the table refuses, where the value was replaced since it was read.
        .set({ ...columns, name: sql`CASE WHEN credential_id = ${old.id} THEN name END` })
        .where(and(eq(teamSecrets.id, row.id), eq(teamSecrets.teamId, ctx.teamId)))
        .returning(),
    ]);
  } catch (error) {
    if (value !== undefined) await discardSecret(ctx, ref);
    if (refusedNull(error, "team_secrets.name")) throw raced(row.name, error);
    throw error;
  }
  if (!next && value !== undefined) await discardSecret(ctx, ref);
  if (!next) throw noSecretOf(id);
  if (value !== undefined) {
    await bumpEpoch(ctx);
    await discardSecret(ctx, old);
  }
  return toSecret(ctx, next);
}

const raced = (name: string, cause: unknown) =>
  new HubError(
    "conflict",
    `Somebody else replaced ${name} at the same moment. Look, then try again.`,
    {
      cause,
    },
  );
