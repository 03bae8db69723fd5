import type { RotateVault, VaultState } from "../../../shared/contracts/secrets";
import { requireForSensitive } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { loadRing } from "../keys";
import { isRotating } from "../ring";
import { getVault } from "../vault-state";
import { beginRotation } from "./rotate-team";

/**
 * Gives the team a new data key, in the background: every record is sealed anew while calls go on. Where a rotation is
 * under way already, it goes on.
 */
export async function rotateVault(ctx: Context, { dataKeyId }: RotateVault): Promise<VaultState> {
  requirePermission(ctx, "team.manage");
  await requireForSensitive(ctx, "Rotating the vault's keys");
  const ring = await loadRing(ctx.env, ctx.teamId);
  if (dataKeyId !== undefined && dataKeyId !== ring.newest)
    throw new HubError(
      "conflict",
      `body.dataKeyId: the team's records are sealed with ${ring.newest} by now. Look at the vault, then ask again if need be.`,
      { details: { field: "body.dataKeyId" } },
    );
  if (!isRotating(ring)) await beginRotation(ctx, ring);
  return getVault(ctx);
}
