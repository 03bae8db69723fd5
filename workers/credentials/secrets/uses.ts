import { and, eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import type { SecretRecord } from "../auth/types";
import { secretUses, teamSecrets } from "../tables";
import { secretNamesIn } from "./names";

/**
 * The statements that write down which of the team's secrets a connection's fields name, in place of what was. In the
 * batch of the change itself: where one of the secrets is gone by then, the batch fails, see `secretGone`.
 */
export function secretUseStatements(
  { db, teamId }: Pick<Context, "db" | "teamId">,
  connectionId: string,
  names: readonly string[],
): BatchItem<"sqlite">[] {
  return [
    db
      .delete(secretUses)
      .where(and(eq(secretUses.teamId, teamId), eq(secretUses.connectionId, connectionId))),
    ...[...new Set(names)].map((name) => {
      // Null, which the table refuses, where there is no such secret.
      const secretName = sql<string>`(SELECT name FROM ${teamSecrets} WHERE team_id = ${teamId} AND name = ${name})`;
      return db.insert(secretUses).values({ teamId, secretName, connectionId });
    }),
  ];
}

/**
 * Whoever types a secret's name into a connection can send its value anywhere, and so read it: that takes the
 * permission to set secrets. Throws `forbidden`.
 */
export function requireMayName(ctx: Context, record: SecretRecord): void {
  if (secretNamesIn(record).length > 0) requirePermission(ctx, "secrets.write");
}

/** What to tell of a batch that failed since a secret it was to use is gone; undefined of any other. */
export const secretGone = (error: unknown): HubError | undefined =>
  refusedNull(error, "secret_uses.secret_name")
    ? new HubError(
        "conflict",
        "One of the team's secrets that the credential names was deleted at the same moment. Name another one, or enter the value.",
        { cause: error },
      )
    : undefined;
