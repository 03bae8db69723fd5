import { sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { connections } from "../connections/tables";
import { ssoProviders } from "../teams/tables";
import type { CredentialRef } from "./store";
import { oauthApps, oauthClients, teamSecrets, type CredentialKind } from "./tables";

/** Every row that says where its sealed record lies. */
const referring = sql`
  SELECT team_id, credential_id, credential_version, 'connection' AS kind, id AS subject_id FROM ${connections}
  UNION ALL SELECT team_id, credential_id, credential_version, 'secret', id FROM ${teamSecrets}
  UNION ALL SELECT team_id, credential_id, credential_version, 'oauth_app', connector FROM ${oauthApps}
  UNION ALL SELECT team_id, credential_id, credential_version, 'oauth_client', issuer FROM ${oauthClients}
  UNION ALL SELECT team_id, credential_id, credential_version, 'sso', id FROM ${ssoProviders}`;

export type Referred = CredentialRef & { kind: CredentialKind; subjectId: string };

/** Which of the team's records of these ids something refers to, and in which version. */
export function referredTo(
  db: DrizzleD1Database,
  teamId: string,
  ids: readonly string[],
): Promise<Referred[]> {
  return db.all<Referred>(sql`
    SELECT credential_id AS id, credential_version AS version, kind, subject_id AS subjectId FROM (${referring})
    WHERE team_id = ${teamId} AND credential_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}
