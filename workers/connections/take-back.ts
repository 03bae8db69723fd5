import { findMethod } from "../connectors";
import {
  clientOf,
  openRecord,
  openSecret,
  resolveSecrets,
  revokeToken,
  type SecretRecord,
} from "../credentials";
import { record } from "../audit";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { placeOf } from "./credential";
import { signInOf } from "./sign-in";
import type { ConnectionRow } from "./tables";
import { readNow } from "./tell-token";

/** Whether the vendor says that a credential is void there: it cannot be told of every kind. */
export type AtVendor = "confirmed" | "failed" | "unsupported";

/** Whether there is a way to tell the vendor at all. Where not, nothing is opened for it. */
function canTell(row: ConnectionRow): boolean {
  if (row.credentialId === null) return false;
  const method = findMethod(row.connector, row.authMethod);
  if (!method) return false;
  if (method.kind === "mcp_oauth") return row.authState?.revokeUrl !== undefined;
  if ("revoke" in method) return method.revoke !== undefined;
  if ("exchange" in method) return method.exchange?.revoke !== undefined;
  return "logout" in method && method.logout !== undefined;
}

/**
 * Opens the credential in use for its end at the vendor, with an entry in the audit log. What it answers with ends it
 * there, once it is gone here; it never throws.
 */
export async function prepareTakingBack(
  ctx: Context,
  row: ConnectionRow,
): Promise<() => Promise<AtVendor>> {
  if (!canTell(row)) return async () => "unsupported";
  const failed = (error: unknown): AtVendor => {
    log("warn", "connection.not_revoked", {
      requestId: ctx.requestId,
      teamId: ctx.teamId,
      connectionId: row.id,
      error: describeError(error),
    });
    return "failed";
  };
  try {
    const { ref, opened } = await openNewest(ctx, row);
    const details = { credentialId: ref.id, version: ref.version, reason: "revoke" };
    await record(ctx, { action: "credential.open", subjectId: row.id, details });
    const signIn = signInOf(row);
    const client = await clientOf(ctx, signIn);
    const resolved = await resolveSecrets(ctx, opened);
    return async () => {
      try {
        const answer = await revokeToken(ctx.env, signIn, { record: resolved, client });
        if (!answer.ok) return failed(new Error(answer.failure.message));
        return answer.revoked ? "confirmed" : "unsupported";
      } catch (error) {
        return failed(error);
      }
    };
  } catch (error) {
    const answer = failed(error);
    return async () => answer;
  }
}

/**
 * Ends at the vendor what came for a connection that was revoked or deleted meanwhile. One that was signed in anew, or
 * has something else, is left alone: with one token a vendor may end all of the grant. Never throws.
 */
export async function takeBackUnused(
  ctx: Context,
  row: ConnectionRow,
  came: SecretRecord,
): Promise<void> {
  if (!canTell(row)) return;
  const { teamId } = ctx;
  try {
    const now = await readNow(ctx, row.id);
    if (now && now.credentialId !== null) return;
    const signIn = signInOf(row);
    const client = await clientOf(ctx, signIn);
    const answer = await revokeToken(ctx.env, signIn, {
      record: await resolveSecrets(ctx, came),
      client,
    });
    if (!answer.ok) throw new Error(answer.failure.message);
  } catch (error) {
    const said = { teamId, connectionId: row.id, error: describeError(error) };
    log("warn", "connection.not_revoked", said);
  }
}

/** The newest token, unrenewed: the vendor ends that one and what comes of it. */
async function openNewest(ctx: Context, row: ConnectionRow) {
  const known = { id: row.credentialId ?? "", version: row.credentialVersion };
  if (!row.refreshes) return { ref: known, opened: await openSecret(ctx, known) };
  const session = ctx.env.CONNECTION_SESSION.getByName(placeOf(row));
  const given = await session.token({
    teamId: ctx.teamId,
    connectionId: row.id,
    known,
    asItIs: true,
  });
  if (!given.ok) throw new Error("The session has no token.");
  const ref = { id: given.credentialId, version: given.version };
  return { ref, opened: await openRecord(ctx.env, ctx.teamId, ref, given.sealed) };
}
