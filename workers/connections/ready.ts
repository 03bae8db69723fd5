import {
  discoverParams,
  failureError,
  mcpTokenPlace,
  presentCredential,
  requireSigningKey,
  resolveSecrets,
  type Presented,
  type SecretRecord,
  type SignIn,
} from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import type { Established } from "./establish";
import { obtain } from "./obtain";

export type Ready = { established: Established; presented: Presented };

/**
 * A credential made ready for its first request: a token where the method has one, and what of the account is still to
 * be asked of the vendor. `opened` is the record with its secrets in place of their names. Throws `upstream_*`, and
 * `invalid_input` where somebody has to choose an account or a key is wrong.
 */
export async function makeReady(
  ctx: Context,
  established: Established,
  opened: SecretRecord,
): Promise<Ready> {
  const minted = await withToken(ctx, await withPlace(ctx, established), opened);
  const presented = await presentCredential(signInOf(minted.established), minted.opened);
  const params = await withDiscovered(ctx, minted.established, presented);
  return { established: { ...minted.established, params }, presented };
}

export const signInOf = ({ manifest, method, params, scopes, state }: Established): SignIn => ({
  connector: manifest.id,
  method,
  params,
  scopes: scopes.granted,
  state,
});

const mints = ({ method }: Established): boolean =>
  method.kind === "oauth2_client_credentials" ||
  method.kind === "session" ||
  (method.kind === "signed_jwt" && method.exchange !== undefined);

/** An MCP server says itself where its tokens come from; what somebody typed goes first. */
async function withPlace(ctx: Context, established: Established): Promise<Established> {
  const { config, params } = established;
  if (config === null || !mints(established) || params["tokenUrl"] !== undefined)
    return established;
  return { ...established, params: { ...(await mcpTokenPlace(ctx.env, config.url)), ...params } };
}

/** A program gets its token here; what a person consented to comes with one. */
async function withToken(ctx: Context, established: Established, opened: SecretRecord) {
  const signs = established.method.kind === "signed_jwt";
  if (!(signs || mints(established)) || opened["accessToken"] !== undefined)
    return { established, opened };
  // A key that is none is wrong input, and no fault of the vendor's.
  if (signs) await requireSigningKey(signInOf(established), opened, "body.auth.fields");
  const obtained = await obtain(ctx, signInOf(established), established.record);
  if (!obtained.ok) throw failureError(obtained.failure);
  const { record, expiresAt, scopes, params } = obtained;
  const asked = established.scopes.granted;
  const ready: Established = {
    ...established,
    record,
    params: { ...established.params, ...params },
    expiresAt,
    scopes:
      scopes === null || asked.length === 0
        ? established.scopes
        : { granted: scopes, missing: asked.filter((scope) => !scopes.includes(scope)) },
  };
  return { established: ready, opened: await resolveSecrets(ctx, record) };
}

/** The account, site or tenant a vendor has to be asked for, where nobody typed it. */
async function withDiscovered(
  ctx: Context,
  { manifest, params }: Established,
  presented: Presented,
): Promise<Record<string, string>> {
  if (manifest.discover.every(({ param }) => params[param] !== undefined)) return params;
  const found = await discoverParams(ctx.env, manifest, { params, presented });
  if ("params" in found) return { ...params, ...found.params };
  const { param, label, options } = found.choices;
  const field = `body.params.${param}`;
  throw new HubError(
    "invalid_input",
    `${field}: the credential belongs to several. Say which ${label} is meant: ${options
      .slice(0, 20)
      .map(({ value, name }) => `${value} (${name.slice(0, 60)})`)
      .join(", ")}.`,
    { details: { field } },
  );
}
