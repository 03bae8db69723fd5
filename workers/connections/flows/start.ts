import { and, count, eq, gt, inArray } from "drizzle-orm";
import type { ConnectFlow, StartConnectFlow } from "../../../shared/contracts/connect-flows";
import type { Manifest } from "../../../shared/catalogue/manifest";
import { newId } from "../../../shared/ids";
import { checkParams, findConnector } from "../../connectors";
import { checkFields, requireMayName } from "../../credentials";
import type { Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { personPerMinute } from "../../platform/settings";
import { requireAllowedUrl } from "../address";
import { requireFreeName } from "../names";
import { readManaged } from "../owner";
import type { ListedRow } from "../rows";
import { connectFlows, type ConnectFlowRow } from "../tables";
import { requireAppsHost } from "./app-host";
import { flowMs } from "./browser";
import type { FlowDraft } from "./draft";
import { requireMay } from "./may";
import { toFlow } from "./read";
import { scopesToAsk } from "./scopes";
import { sealFlow } from "./sealed";
import { beginAtVendor } from "./vendor";
import { isFlowMethod, wayTo, type Way } from "./way";

const mostOpen = 200;
const mostAMinute = { failures: 30, withinMs: 60_000, lockMs: 60_000 };

/** Where the vendor sends the browser back to, and what the browser will show then. */
export type Browser = { redirectUri: string; secret: string };

/**
 * Begins a sign-in at a vendor: nothing of a connection exists before its end. Throws `invalid_input`, `forbidden`,
 * `conflict` for a name that is taken, `not_found` for a connection to reconnect that is not there, `rate_limited`, and
 * `upstream_*` where the vendor is asked at once (device codes, MCP servers).
 */
export async function startFlow(
  ctx: Context,
  input: StartConnectFlow,
  browser: Browser,
): Promise<ConnectFlow> {
  const { manifest, method, draft } =
    input.connectionId === undefined
      ? await newConnection(ctx, input)
      : await reconnection(ctx, input, input.connectionId);
  const fields =
    method.kind === "mcp_oauth" ? {} : checkFields(method, input.fields, "body.fields");
  requireMayName(ctx, fields);
  await requireAppsHost(ctx, { manifest, method, draft });
  await requireRoom(ctx);
  const begun = await beginAtVendor(ctx, {
    manifest,
    method,
    draft,
    fields,
    redirectUri: browser.redirectUri,
    client: input.client,
  });
  const id = newId("flo", ctx.now);
  const { secrets, state, scopes, device } = begun;
  const row: ConnectFlowRow = {
    id,
    teamId: ctx.teamId,
    actor: ctx.actor,
    stateHash: await sha256Hex(state),
    browserHash: await sha256Hex(browser.secret),
    status: "waiting",
    draft: { ...draft, scopes },
    sealed: await sealFlow(ctx, id, secrets),
    // It carries the state, of which only the hash lies open: it is sealed with the rest.
    authorizeUrl: null,
    device: device?.shown ?? null,
    choices: null,
    connectionId: null,
    fault: null,
    createdAt: ctx.now,
    expiresAt: ctx.now + Math.min(flowMs, device?.lifetimeMs ?? flowMs),
  };
  await ctx.db.insert(connectFlows).values(row);
  return toFlow(ctx, row);
}

type Begun = Way & { draft: FlowDraft };

async function newConnection(ctx: Context, input: StartConnectFlow): Promise<Begun> {
  requireMay(ctx, input.owner);
  const { manifest, method } = wayTo(input.connector, input.method);
  if (input.name === undefined) throw wrong("name", "is needed for a new connection");
  const config = configOf(ctx, input);
  await requireFreeName(ctx, input.name);
  const draft: FlowDraft = {
    connector: manifest.id,
    method: method.id,
    name: input.name,
    config,
    params: checkParams(manifest, input.params, "body.params"),
    scopes: scopesToAsk(method, input.scopes),
    owner: input.owner,
    reconnects: null,
  };
  return { manifest, method, draft };
}

/** What it is to be stands in the connection already; what it signs in with may change. */
async function reconnection(ctx: Context, input: StartConnectFlow, id: string): Promise<Begun> {
  const row = await readManaged(ctx, id);
  if (input.connector !== row.connector)
    throw wrong("connector", `is not the connection's, which is ${row.connector}`);
  const { manifest, method } = wayTo(row.connector, input.method ?? usualMethod(row));
  const asked = method.id === row.authMethod ? askedBefore(row) : undefined;
  const draft: FlowDraft = {
    connector: row.connector,
    method: method.id,
    name: null,
    config: row.connector === "mcp" ? { url: row.url, transport: row.transport } : null,
    params: checkParams(
      manifest,
      { ...typedParams(manifest, row.params), ...input.params },
      "body.params",
    ),
    scopes: scopesToAsk(method, input.scopes ?? asked),
    owner: row.ownerId === null ? "team" : "person",
    reconnects: row.id,
  };
  return { manifest, method, draft };
}

function configOf(ctx: Context, { connector, config }: StartConnectFlow): FlowDraft["config"] {
  if (connector !== "mcp") {
    if (config) throw wrong("config", "is for MCP servers. Leave it out");
    return null;
  }
  if (!config) throw wrong("config", "is needed for an MCP server");
  requireAllowedUrl(ctx, config.url);
  return config;
}

/** The way it signs in now, if that is one a person walks. */
function usualMethod({ connector, authMethod }: ListedRow): string | undefined {
  const auth = findConnector(connector)?.auth ?? [];
  const now = auth.find(({ id }) => id === authMethod);
  return (now && isFlowMethod(now) ? now : auth.find(isFlowMethod))?.id;
}

/** What whoever connected said themselves: the rest the vendor says anew. */
function typedParams(manifest: Manifest, params: Record<string, string>): Record<string, string> {
  const typed = manifest.params.filter(({ source }) => source === "user").map(({ name }) => name);
  return Object.fromEntries(Object.entries(params).filter(([name]) => typed.includes(name)));
}

const askedBefore = ({ scopes, missingScopes }: ListedRow): string[] | undefined =>
  scopes.length + missingScopes.length === 0 ? undefined : [...scopes, ...missingScopes];

/** A person's sign-ins a minute, and the team's at once: each may send a request to a vendor. */
async function requireRoom(ctx: Context): Promise<void> {
  // Where the deployment limits nobody's calls, nobody's sign-ins either.
  if (personPerMinute(ctx.env) !== undefined) {
    const who = ctx.actor.personId ?? ctx.actor.id;
    const attempts = ctx.env.ATTEMPTS.getByName(`connect/${ctx.teamId}/${who}`);
    const waitMs = await attempts.begin(mostAMinute);
    if (waitMs > 0) throw tooMany("You began too many sign-ins", Math.ceil(waitMs / 1000));
  }
  const [open] = await ctx.db
    .select({ count: count() })
    .from(connectFlows)
    .where(
      and(
        eq(connectFlows.teamId, ctx.teamId),
        inArray(connectFlows.status, ["waiting", "choosing", "working"]),
        gt(connectFlows.expiresAt, ctx.now),
      ),
    );
  if ((open?.count ?? 0) >= mostOpen)
    throw tooMany(`The team has ${mostOpen} sign-ins under way. Finish or cancel some`, 60);
}

const tooMany = (what: string, retryAfterSeconds: number) =>
  new HubError("rate_limited", `${what}. Try again in ${retryAfterSeconds} s.`, {
    details: { retryAfterSeconds },
  });

const wrong = (field: string, sentence: string) =>
  new HubError("invalid_input", `body.${field}: ${sentence}.`, {
    details: { field: `body.${field}` },
  });
