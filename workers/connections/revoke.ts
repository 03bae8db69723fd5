import { and, eq } from "drizzle-orm";
import type { ConnectionRevoked } from "../../shared/contracts/connections";
import { recorded } from "../audit";
import { secretUseStatements } from "../credentials";
import { bumpEpoch } from "../limits";
import { settleStatement } from "../notifications";
import type { Context } from "../platform/context";
import { destroyCredential } from "./destroy-credential";
import { tellPages } from "./mark";
import { readManaged } from "./owner";
import { noConnection, toConnection } from "./rows";
import { connections } from "./tables";
import { prepareTakingBack, type AtVendor } from "./take-back";

/**
 * Takes the access back: what was sealed here is destroyed, and the vendor is told where it can be. The connection stays
 * with its tools and policies, and runs nothing until somebody signs in again.
 */
export async function revokeConnection(ctx: Context, idOrSlug: string): Promise<ConnectionRevoked> {
  const row = await readManaged(ctx, idOrSlug);
  const takeBack = await prepareTakingBack(ctx, row);
  const event = {
    action: "connection.revoke",
    subjectId: row.id,
    before: { status: row.status, credentialId: row.credentialId },
    after: { status: "revoked" },
  };
  const [[next]] = await recorded(ctx, event, [
    ctx.db
      .update(connections)
      .set({
        status: "revoked",
        credentialId: null,
        headerNames: [],
        refreshes: false,
        expiresAt: null,
        rotatedAt: null,
        lastError: null,
        errorCount: 0,
        updatedAt: ctx.now,
      })
      .where(and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId)))
      .returning(),
    ...secretUseStatements(ctx, row.id, []),
    settleStatement(ctx, { subjectId: row.id }),
  ]);
  let vendor: AtVendor;
  try {
    await bumpEpoch(ctx);
  } finally {
    // A repetition would not know the credential any more: it ends now, whatever fails.
    vendor = await takeBack();
    await destroyCredential(ctx, row);
    await tellPages(ctx, row.id);
  }
  if (!next) throw noConnection(idOrSlug);
  return { connection: toConnection({ ...next, restricted: row.restricted }), vendor };
}
