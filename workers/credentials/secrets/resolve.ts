import { and, eq, inArray } from "drizzle-orm";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import type { SecretRecord } from "../auth/types";
import { openSecret, type CredentialRef } from "../store";
import { teamSecrets } from "../tables";
import { secretNamesIn, withSecrets } from "./names";

/** With the cache, where secrets lie is read once an epoch; their values are opened for each use and never kept. */
type Resolving = Pick<Context, "env" | "db" | "teamId"> & Partial<Pick<Context, "cache">>;

/**
 * A record with the values of the team's secrets in the place of `{{secrets.NAME}}`; as it is where it names none.
 * Throws `invalid_input` naming a secret that there is not.
 */
export async function resolveSecrets(ctx: Resolving, record: SecretRecord): Promise<SecretRecord> {
  const names = secretNamesIn(record);
  if (names.length === 0) return record;
  const refs = await findRefs(ctx, names);
  const values = new Map<string, string>();
  for (const name of names) {
    const ref = refs.get(name);
    if (!ref) throw noSecret(name);
    const { value = "" } = await openSecret(ctx, ref);
    values.set(name, value);
  }
  return withSecrets(record, values);
}

export function noSecret(name: string): HubError {
  return new HubError(
    "invalid_input",
    `The team has no secret named ${name.slice(0, 64)}, which the connection's credential names. Make one with that name, or enter the credential again.`,
    { details: { secret: name.slice(0, 64) } },
  );
}

async function findRefs(
  ctx: Resolving,
  names: readonly string[],
): Promise<Map<string, CredentialRef>> {
  const refs = new Map<string, CredentialRef>();
  for (const name of names) {
    const known = ctx.cache?.get(placeOf(name)) as CredentialRef | undefined;
    if (known) refs.set(name, known);
  }
  const unknown = names.filter((name) => !refs.has(name));
  for (let from = 0; from < unknown.length; from += mostAtOnce) {
    const rows = await ctx.db
      .select({
        name: teamSecrets.name,
        id: teamSecrets.credentialId,
        version: teamSecrets.credentialVersion,
      })
      .from(teamSecrets)
      .where(
        and(
          eq(teamSecrets.teamId, ctx.teamId),
          inArray(teamSecrets.name, unknown.slice(from, from + mostAtOnce)),
        ),
      );
    for (const { name, ...ref } of rows) {
      refs.set(name, ref);
      ctx.cache?.set(placeOf(name), ref);
    }
  }
  return refs;
}

// D1 takes a hundred parameters.
const mostAtOnce = 90;
const placeOf = (name: string) => `secret ${name}`;
