import {
  clientOf,
  obtainToken,
  resolveSecrets,
  type Obtained,
  type SecretRecord,
  type SignIn,
} from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";

/** A new token for a sealed record, whose names of secrets stay names in what is sealed next. Never throws. */
export async function obtain(
  ctx: Context,
  signIn: SignIn,
  record: SecretRecord,
): Promise<Obtained> {
  try {
    const resolved = await resolveSecrets(ctx, record);
    const client = await clientOf(ctx, signIn);
    const obtained = await obtainToken(ctx.env, signIn, { record: resolved, client });
    if (!obtained.ok) return obtained;
    return { ...obtained, record: withNames(obtained.record, { record, resolved }) };
  } catch (error) {
    log("warn", "connection.renewal_failed", { teamId: ctx.teamId, error: describeError(error) });
    return { ok: false, failure: failureOf(error) };
  }
}

function withNames(
  obtained: SecretRecord,
  { record, resolved }: { record: SecretRecord; resolved: SecretRecord },
): SecretRecord {
  return Object.fromEntries(
    Object.entries(obtained).map(([name, value]) => [
      name,
      value === resolved[name] ? (record[name] ?? value) : value,
    ]),
  );
}

const lasting = new Set(["outbound_refused", "invalid_input", "not_found"]);

function failureOf(error: unknown) {
  if (error instanceof HubError && lasting.has(error.code))
    return { kind: "misconfigured" as const, message: error.message };
  return {
    kind: "transient" as const,
    message: "The vendor could not be asked for a new token. Try again in a minute.",
  };
}
