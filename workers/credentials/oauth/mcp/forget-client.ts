import { and, eq } from "drizzle-orm";
import { registryOf } from "../../../platform/registry";
import { deleteSecret } from "../../store";
import { oauthClients } from "../../tables";
import type { OAuthClient } from "../client";

/**
 * The authorization server no longer knows a client the hub had registered: the next sign-in there registers another.
 * One that somebody gave stays, for them to mend.
 */
export async function forgetClient(env: Env, { registration }: OAuthClient): Promise<void> {
  if (!registration) return;
  const { teamId, id } = registration;
  const db = registryOf(env);
  const [row] = await db
    .delete(oauthClients)
    .where(and(eq(oauthClients.teamId, teamId), eq(oauthClients.id, id)))
    .returning();
  if (!row || row.credentialId === null) return;
  const ref = { id: row.credentialId, version: row.credentialVersion };
  await deleteSecret({ env, db, teamId }, ref);
}
