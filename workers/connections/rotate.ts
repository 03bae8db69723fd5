import type { Connection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { findConnector, rotateAtVendor } from "../connectors";
import { openSecret, presentCredential, resolveSecrets, secretNamesIn } from "../credentials";
import { record } from "../audit";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { changeInPlace } from "./change-in-place";
import { readManaged } from "./owner";
import type { ListedRow } from "./rows";
import { signInOf } from "./sign-in";
import type { ConnectionRow } from "./tables";
import { takeBackUnused } from "./take-back";

const usualDays = 90;
/** Longer than until the next rotation, so that a late one finds it alive. */
const spareDays = 14;
const maxTries = 3;

/** How the vendor makes another credential for this connection; undefined where it cannot be asked to. */
export function rotationOf(row: ConnectionRow) {
  if (row.credentialId === null || row.status === "revoked") return undefined;
  const { method } = signInOf(row);
  return "rotate" in method ? method.rotate : undefined;
}

/**
 * Has the vendor make a new credential, and uses it from then on. Throws `conflict` where the vendor cannot be asked,
 * and `upstream_*`.
 */
export async function rotateConnection(ctx: Context, idOrSlug: string): Promise<Connection> {
  return rotate(ctx, await readManaged(ctx, idOrSlug));
}

/** The same without anybody's permission. */
export async function rotate(ctx: Context, row: ListedRow): Promise<Connection> {
  const way = rotationOf(row);
  const signIn = signInOf(row);
  const manifest = findConnector(row.connector, signIn.method.id);
  if (!way || !manifest || row.credentialId === null)
    throw new HubError(
      "conflict",
      `The vendor of the connection ${row.name} makes no new credential when asked by a program. Make one there, and enter it here.`,
    );
  const ref = { id: row.credentialId, version: row.credentialVersion };
  const sealed = await openSecret(ctx, ref);
  if (Object.keys(way.fields).some((field) => secretNamesIn({ field: sealed[field] ?? "" }).length))
    throw new HubError(
      "conflict",
      `The credential of the connection ${row.name} is one of the team's secrets. Replace the secret.`,
    );
  const details = { credentialId: ref.id, version: ref.version, reason: "rotate" };
  await record(ctx, { action: "credential.open", subjectId: row.id, details });
  const presented = await presentCredential(signIn, await resolveSecrets(ctx, sealed));
  const { fields, expiresAt } = await rotateAtVendor(
    ctx,
    { manifest, params: signIn.params, presented },
    { rotate: way, days: (row.rotateEveryDays ?? usualDays) + spareDays },
  );
  // A secret's name is what a person types: from a vendor it would send the secret's value there.
  if (secretNamesIn(fields).length > 0)
    throw new HubError(
      "upstream_invalid",
      `The vendor of the connection ${row.name} answered with something that is no credential. Make one there, and enter it here.`,
    );
  return keep(ctx, row, { credential: { ...sealed, ...fields }, expiresAt });
}

/** The old one is dead: what came in its place is tried to be kept more than once. */
async function keep(
  ctx: Context,
  row: ListedRow,
  made: { credential: Record<string, string>; expiresAt: number | null },
): Promise<Connection> {
  const { credential, expiresAt } = made;
  // One place for all tries: where only the answer to one was lost, the next finds its own.
  const sealedAs = { id: newId("crd", ctx.now), version: row.credentialVersion + 1 };
  for (let tries = 1; ; tries++)
    try {
      return await changeInPlace(
        ctx,
        row,
        {
          action: "connection.rotate",
          details: {},
          columns: {
            status: "connected",
            rotatedAt: ctx.now,
            expiresAt,
            lastError: null,
            errorCount: 0,
          },
          credential,
          sealedAs,
          onlyWith: [row.credentialId ?? "", sealedAs.id],
          enables: false,
        },
        async () => [],
      );
    } catch (error) {
      const isLost = error instanceof HubError && error.code === "conflict";
      if (isLost) await takeBackUnused(ctx, row, credential);
      if (isLost || tries === maxTries) throw error;
    }
}
