import { and, eq, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { connections } from "../connections/tables";
import { registryOf } from "../platform/registry";
import { ssoProviders } from "../teams/tables";
import { lookAgain } from "./rotation/find-teams";
import { recordName } from "./store";
import { referredTo } from "./subjects";
import { credentials, oauthApps, oauthClients, teamSecrets } from "./tables";

type Orphaned = { env: Env; db: DrizzleD1Database; teamId: string };

const dayMs = 24 * 60 * 60_000;
const mostAtOnce = 200;

/** Rows whose subject, by its name, does not lead back to them. Each is found by a key, however many there are. */
const suspects = (before: number) => sql`
  SELECT team_id AS teamId, id FROM ${credentials} AS c WHERE updated_at < ${before} AND NOT CASE kind
    WHEN 'connection' THEN EXISTS (SELECT 1 FROM ${connections} WHERE id = c.subject_id AND credential_id = c.id)
    WHEN 'secret' THEN EXISTS (SELECT 1 FROM ${teamSecrets} WHERE id = c.subject_id AND credential_id = c.id)
    WHEN 'sso' THEN EXISTS (SELECT 1 FROM ${ssoProviders} WHERE team_id = c.team_id AND credential_id = c.id)
    WHEN 'oauth_app' THEN EXISTS (SELECT 1 FROM ${oauthApps} WHERE team_id = c.team_id AND credential_id = c.id)
    ELSE EXISTS (SELECT 1 FROM ${oauthClients} WHERE team_id = c.team_id AND credential_id = c.id) END
  LIMIT ${mostAtOnce}`;

/**
 * Once a day: removes sealed records that nothing refers to, a day after they were written last. Somebody was cut off
 * between a record and what it was for. Answers with how many there were.
 */
export async function clearOrphans(env: Env, now: number): Promise<number> {
  await lookAgain(env);
  const db = registryOf(env);
  let cleared = 0;
  for (const { teamId, id } of await db.all<{ teamId: string; id: string }>(
    suspects(now - dayMs),
  )) {
    if ((await referredTo(db, teamId, [id])).length > 0) continue;
    await deleteWhole({ env, db, teamId }, id);
    cleared++;
  }
  return cleared;
}

/** Every version that is there of it. */
async function deleteWhole({ env, db, teamId }: Orphaned, id: string): Promise<void> {
  await db.delete(credentials).where(and(eq(credentials.id, id), eq(credentials.teamId, teamId)));
  const prefix = recordName(teamId, { id, version: 0 }).slice(0, -1);
  const { keys } = await env.TOKENS.list({ prefix });
  for (const { name } of keys) await env.TOKENS.delete(name);
}
