import { count, eq } from "drizzle-orm";
import type { VaultState } from "../../shared/contracts/secrets";
import { requirePermission, type Context } from "../platform/context";
import { loadRing } from "./keys";
import { newestMasterId } from "./master-keys";
import { isRotating, waitingIn } from "./ring";
import { credentials } from "./tables";

/** Which keys the team's records are sealed with, and how far a rotation is: counted, not kept. */
export async function getVault(ctx: Context): Promise<VaultState> {
  requirePermission(ctx, "team.manage");
  const ring = await loadRing(ctx.env, ctx.teamId);
  const counts = await ctx.db
    .select({ keyId: credentials.keyId, records: count() })
    .from(credentials)
    .where(eq(credentials.teamId, ctx.teamId))
    .groupBy(credentials.keyId);
  const records = counts.reduce((sum, one) => sum + one.records, 0);
  const running = isRotating(ring);
  const done = counts.find(({ keyId }) => keyId === ring.newest)?.records ?? 0;
  const stuck = ring.rotation?.stuck ?? 0;
  const failed = running && stuck > 0 && records - done <= stuck;
  return {
    masterKeyId: ring.masterId,
    newestMasterKeyId: newestMasterId(ctx.env),
    dataKeyId: ring.newest,
    records,
    rotation: {
      state: failed ? "failed" : running ? "running" : "none",
      // Before the new key takes over nothing is sealed with it.
      done: waitingIn(ring) === undefined ? done : 0,
      total: records,
      startedAt: ring.rotation?.startedAt ?? null,
      finishedAt: ring.rotation?.finishedAt ?? null,
    },
  };
}
