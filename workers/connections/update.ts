import type { Connection, UpdateConnection } from "../../shared/contracts/connections";
import { requireForSensitive } from "../audit";
import { checkParams, findConnector } from "../connectors";
import { coversServer, requireMayName } from "../credentials";
import type { Context } from "../platform/context";
import { requireAllowedUrl, vendorAddress } from "./address";
import { changeInPlace } from "./change-in-place";
import { establish } from "./establish";
import { isFlowMethod } from "./flows/way";
import { requireFreeName } from "./names";
import { readManaged, requireMayMove } from "./owner";
import { badInput, readCredential, requireConnector, type ReadCredential } from "./read-input";
import type { ListedRow } from "./rows";
import { openForWork } from "./secrets";
import { signInOf } from "./sign-in";
import type { Snapshot } from "./sync";
import type { ConnectionRow } from "./tables";
import { faultOf, trialOf, tryCredential } from "./try-credential";

/**
 * Changes what is named and leaves the rest. A new address, transport, account or credential is tried first: where that
 * fails, nothing is changed and the error is thrown. Of a disabled connection nothing is tried, and enabling tells.
 */
export async function updateConnection(
  ctx: Context,
  idOrSlug: string,
  change: UpdateConnection,
  snapshot: Snapshot,
): Promise<Connection> {
  const row = await readManaged(ctx, idOrSlug);
  const whole = requireConnector(row.connector);
  const { config } = change;
  if (config && row.connector !== "mcp")
    throw badInput("config", `is for MCP servers. ${whole.name} takes params instead`);
  if (config?.url !== undefined) requireAllowedUrl(ctx, config.url);
  const given = readCredential(whole, { auth: change.auth, headers: config?.headers });
  if (given) requireMayName(ctx, given.record);
  if (change.name !== undefined) await requireFreeName(ctx, change.name, row.id);
  return given
    ? replace(ctx, { row, change, given }, snapshot)
    : keep(ctx, { row, change }, snapshot);
}

type Asked = { row: ListedRow; change: UpdateConnection };

/** Another credential in place of the one it has. */
function replace(
  ctx: Context,
  { row, change, given }: Asked & { given: ReadCredential },
  snapshot: Snapshot,
): Promise<Connection> {
  const { manifest, method, record, scopes } = given;
  const known = manifest.params.map(({ name }) => name);
  const kept = Object.entries(row.params).filter(([name]) => known.includes(name));
  return establish(
    ctx,
    {
      manifest,
      method,
      target: {
        existing: row,
        enables: change.disabled === false,
        also: { ...plainly(change), ...(change.disabled ? { status: "disabled" } : {}) },
      },
      config: row.connector === "mcp" ? addressOf(row, change) : null,
      params: checkParams(
        manifest,
        { ...Object.fromEntries(kept), ...change.params },
        "body.params",
      ),
      record,
      scopes: { granted: scopes, missing: [] },
      state: null,
      expiresAt: null,
      consented: false,
      allowUnreachable: false,
    },
    snapshot,
  );
}

/** The credential stays; where the address changes it is tried there. */
async function keep(ctx: Context, { row, change }: Asked, snapshot: Snapshot): Promise<Connection> {
  const { config = {} } = change;
  const { method } = signInOf(row);
  const moved = config.url !== undefined || config.transport !== undefined;
  const elsewhere = change.params !== undefined;
  if (isFlowMethod(method) && elsewhere)
    throw badInput(
      "params",
      "belongs to the sign-in at the vendor. Reconnect it there with POST /api/v1/connect-flows",
    );
  if (isFlowMethod(method) && leadsElsewhere(row, config.url))
    throw badInput(
      "config.url",
      "is another server than the one somebody signed in to. Make a new connection for that address with POST /api/v1/connect-flows",
    );
  if (row.refreshes && leadsElsewhere(row, config.url))
    throw badInput(
      "config.url",
      "is another server than the one the token is for. Send auth with it, to sign in there",
    );
  const disabled = change.disabled ?? row.status === "disabled";
  const enables = row.status === "disabled" && !disabled;
  const address = elsewhere ? changedParams(ctx, row, change) : addressOf(row, change);
  const next = { ...row, ...address };
  const sought = moved || elsewhere;
  if (sought) await requireMayMove(ctx, row);
  if (row.credentialId !== null && (elsewhere || originOf(next.url) !== originOf(row.url)))
    await requireForSensitive(ctx, "Sending a stored credential somewhere else");
  const trying = !disabled && (sought || enables);
  const tried = trying
    ? await tryStored(ctx, next).catch((error: unknown) => {
        if (sought) throw error;
        return faultOf(ctx, error);
      })
    : undefined;
  const fault = tried && "code" in tried ? tried : undefined;
  return changeInPlace(
    ctx,
    row,
    {
      action: "connection.update",
      details: { headersReplaced: false },
      columns: {
        ...plainly(change),
        ...(sought ? address : {}),
        ...(fault ? { status: "error", lastError: fault } : {}),
        ...(change.disabled === true ? { status: "disabled" } : {}),
      },
      tried: tried && !("code" in tried) ? tried : undefined,
      enables,
    },
    snapshot,
  );
}

async function tryStored(ctx: Context, row: ListedRow) {
  return tryCredential(ctx, trialOf(row, await openForWork(ctx, row, "update")));
}

const plainly = ({ name, rotateEveryDays }: UpdateConnection): Partial<ConnectionRow> => ({
  ...(name === undefined ? {} : { name }),
  ...(rotateEveryDays === undefined ? {} : { rotateEveryDays }),
});

const addressOf = (row: ListedRow, { config = {} }: UpdateConnection) => ({
  url: config.url ?? row.url,
  transport: config.transport ?? row.transport,
});

const originOf = (url: string) => URL.parse(url)?.origin;

/** A token is for one server, or for what stands below its resource: it goes to no other. */
function leadsElsewhere(row: ListedRow, url: string | undefined): boolean {
  if (url === undefined || url === row.url) return false;
  const resource = row.authState?.resource ?? row.params["resource"] ?? "";
  if (coversServer(resource, row.url)) return !coversServer(resource, url);
  return originOf(url) !== originOf(row.url);
}

function changedParams(ctx: Context, row: ListedRow, change: UpdateConnection) {
  const { connector, method } = signInOf(row);
  const manifest = findConnector(connector, method.id) ?? requireConnector(connector);
  const params = checkParams(manifest, { ...row.params, ...change.params }, "body.params");
  const record = Object.fromEntries(row.headerNames.map((name) => [name, ""]));
  const address =
    method.kind === "database" && !manifest.request
      ? {}
      : vendorAddress(ctx, { manifest, method, params, record });
  return { ...address, params };
}
