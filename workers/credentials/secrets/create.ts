import type { CreateSecret, Secret } from "../../../shared/contracts/secrets";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedTaken } from "../../platform/refused";
import { discardSecret } from "../discard";
import { putSecret } from "../store";
import { teamSecrets } from "../tables";
import { lastFourOf, toSecret, type SecretRow } from "./rows";

/** Seals a value under a name of the team's. Throws `conflict` where the name is taken. */
export async function createSecret(
  ctx: Context,
  { name, value, description }: CreateSecret,
): Promise<Secret> {
  requirePermission(ctx, "secrets.write");
  const ref = { id: newId("crd", ctx.now), version: 1 };
  const row: SecretRow = {
    id: newId("sec", ctx.now),
    teamId: ctx.teamId,
    name,
    description: description ?? null,
    lastFour: lastFourOf(value),
    credentialId: ref.id,
    credentialVersion: ref.version,
    createdBy: ctx.actor.personId,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  await putSecret(ctx, ref, { value }, { kind: "secret", subjectId: row.id });
  try {
    const after = { name, description: row.description };
    await recorded(ctx, { action: "secret.create", subjectId: row.id, after }, [
      ctx.db.insert(teamSecrets).values(row),
    ]);
  } catch (error) {
    await discardSecret(ctx, ref);
    if (refusedTaken(error, "team_secrets.team_id, team_secrets.name")) throw taken(name, error);
    throw error;
  }
  await bumpEpoch(ctx);
  return toSecret(ctx, row);
}

const taken = (name: string, cause: unknown) =>
  new HubError(
    "conflict",
    `body.name: the team has a secret named ${name} already. Replace its value, or choose another name.`,
    { cause, details: { field: "body.name" } },
  );
