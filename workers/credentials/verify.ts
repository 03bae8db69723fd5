import { and, asc, eq, gt } from "drizzle-orm";
import type { VaultCheck, VerifyVault } from "../../shared/contracts/secrets";
import { record } from "../audit";
import { requirePermission, type Context } from "../platform/context";
import { findDataKey } from "./keys";
import { open, readKeyId } from "./sealing";
import { placeOf, recordName } from "./store";
import { credentials, type CredentialRow } from "./tables";

/** KV gives a hundred records at once. */
const pageSize = 100;
const pagesAtOnce = 5;
/** What KV may not show everywhere yet. */
const newForMs = 2 * 60_000;

type Fault = VaultCheck["faults"][number];

/** Opens a part of the team's sealed records, and says of which nothing comes out, and why. What they hold goes nowhere. */
export async function verifyVault(ctx: Context, { cursor }: VerifyVault): Promise<VaultCheck> {
  requirePermission(ctx, "team.manage");
  const faults: Fault[] = [];
  let checked = 0;
  let after: string | null = cursor ?? "";
  for (let page = 0; page < pagesAtOnce && after !== null; page++) {
    const rows: CredentialRow[] = await ctx.db
      .select()
      .from(credentials)
      .where(and(eq(credentials.teamId, ctx.teamId), gt(credentials.id, after)))
      .orderBy(asc(credentials.id))
      .limit(pageSize);
    faults.push(...(await faultsOf(ctx, rows)));
    checked += rows.length;
    after = rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null;
  }
  const details = { checked, faults: faults.length };
  await record(ctx, { action: "vault.verify", subjectId: ctx.teamId, details });
  return { checked, faults, cursor: after };
}

async function faultsOf(ctx: Context, rows: readonly CredentialRow[]): Promise<Fault[]> {
  if (rows.length === 0) return [];
  const { env, teamId, hidden } = ctx;
  const stored = await env.TOKENS.get(rows.map((row) => recordName(teamId, row)));
  const found = await Promise.all(
    rows.map(async (row): Promise<Fault | null> => {
      const reason = await reasonOf(ctx, row, stored.get(recordName(teamId, row)));
      if (reason === null) return null;
      const { id: credentialId, kind, subjectId } = row;
      // What does not exist for the reader is not named.
      return {
        credentialId,
        kind,
        subjectId: hidden.has(subjectId) ? "hidden" : subjectId,
        reason,
      };
    }),
  );
  return found.filter((fault) => fault !== null);
}

async function reasonOf(
  { env, teamId, now }: Context,
  row: CredentialRow,
  stored: unknown,
): Promise<Fault["reason"] | null> {
  if (typeof stored !== "string") return now - row.updatedAt < newForMs ? null : "missing";
  const keyId = readKeyId(stored);
  if (keyId === null) return "altered";
  const key = await findDataKey(env, teamId, keyId);
  if (key === null) return "unknown_key";
  return open(key, placeOf(teamId, row), stored).then(
    () => null,
    () => "altered",
  );
}
