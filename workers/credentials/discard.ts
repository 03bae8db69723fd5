import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { deleteSecret, type CredentialRef } from "./store";
import { referredTo } from "./subjects";

/**
 * Takes away a sealed record unless something refers to it: of a batch whose answer was lost what it wrote may stand.
 * Never throws: the caller has an error of its own to tell of, or none. What stays is sealed, and goes with the daily
 * clearing.
 */
export async function discardSecret(
  ctx: Pick<Context, "env" | "db" | "teamId">,
  ref: CredentialRef,
): Promise<void> {
  try {
    const referred = await referredTo(ctx.db, ctx.teamId, [ref.id]);
    if (!referred.some(({ version }) => version === ref.version)) await deleteSecret(ctx, ref);
  } catch (error) {
    const { teamId } = ctx;
    const { id: credentialId, version } = ref;
    log("error", "credential.not_deleted", {
      teamId,
      credentialId,
      version,
      error: describeError(error),
    });
  }
}
