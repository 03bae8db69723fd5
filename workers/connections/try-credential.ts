import type { AuthMethod, Manifest } from "../../shared/catalogue/manifest";
import type { ConnectionFault } from "../../shared/contracts/connections";
import {
  adoptSession,
  findConnector,
  isObject,
  testVendor,
  type JsonObject,
  type Listing,
  type VendorTest,
} from "../connectors";
import { maskFor, type Presented } from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { sessionKeyOf } from "./ask";
import { probe, type Probed } from "./probe";
import { signInOf } from "./sign-in";
import type { ConnectionRow } from "./tables";
import { tryDatabase } from "./try-database";

/** What a request goes to and how it signs in. */
export type Trial = {
  manifest: Manifest;
  method: AuthMethod;
  /** Of an MCP server its endpoint; of a vendor what its requests begin with. */
  url: string;
  transport: ConnectionRow["transport"];
  params: Record<string, string>;
  presented: Presented;
  /** Another credential once this one was refused, where the hub renews it. */
  renew?: (() => Promise<{ presented: Presented } | undefined>) | undefined;
};

/** A connection's own, with its credential opened. */
export function trialOf(
  row: ConnectionRow,
  { presented, renew }: Pick<Trial, "presented" | "renew">,
): Trial {
  const { connector, method, params } = signInOf(row);
  if (row.credentialId === null && method.kind !== "none" && method.kind !== "headers")
    throw new HubError(
      "connection_needs_auth",
      `The connection ${row.name} has no credential. Sign in, or enter one.`,
    );
  const manifest = findConnector(connector, method.id);
  if (!manifest)
    throw new HubError(
      "unavailable",
      `There is no connector ${connector} any more. Update the hub, or delete the connection.`,
    );
  const { url, transport } = row;
  return { manifest, method, url, transport, params, presented, renew };
}

/** What a real request found out. One of `adopt` and `close` is called once it is known what becomes of it. */
export type Tried = {
  columns: ReturnType<typeof reachedColumns>;
  /** What an MCP server offers; null where there is nothing to list. */
  listing: Listing | null;
  /** The scopes an API says the credential has; null where it does not say. */
  grantedScopes: string[] | null;
  adopt: (row: ConnectionRow) => void;
  close: () => void;
};

/** One real request with a credential. Throws `upstream_*` and `outbound_refused`; stores nothing. */
export async function tryCredential(ctx: Context, trial: Trial): Promise<Tried> {
  const { manifest, method, params, presented } = trial;
  if (manifest.id === "mcp") return tryServer(ctx, trial);
  if (method.kind === "database" && !manifest.test) {
    const { responseTimeMs, checked } = await tryDatabase(ctx, { method, params, presented });
    return found(ctx, { responseTimeMs, account: null, grantedScopes: null, checked });
  }
  const tested = await tryVendor(ctx, trial);
  const mask = maskFor(presented.secrets);
  return found(ctx, {
    ...tested,
    account: tested.account === null ? null : mask(tested.account),
    checked: "The vendor answered a real request with this credential.",
  });
}

/** What a vendor refuses with 401 it has not run: where the credential can be renewed the request is sent once more. */
async function tryVendor(ctx: Context, { renew, presented, ...trial }: Trial): Promise<VendorTest> {
  try {
    return await testVendor(ctx, { ...trial, presented });
  } catch (error) {
    const refused = error instanceof HubError && error.details?.["upstreamStatus"] === 401;
    const next = refused ? await renew?.() : undefined;
    if (!next) throw error;
    return testVendor(ctx, { ...trial, presented: next.presented });
  }
}

async function tryServer(ctx: Context, { url, transport, presented }: Trial): Promise<Tried> {
  const probed = await probe(ctx, { url, transport, presented });
  return {
    columns: reachedColumns(ctx, probedFacts(probed)),
    listing: probed.listing,
    grantedScopes: null,
    adopt: (row) => adoptSession(sessionKeyOf(row), probed.known, probed.sessionId),
    close: () => ctx.waitUntil(probed.close()),
  };
}

function found(
  ctx: Context,
  facts: {
    responseTimeMs: number;
    account: string | null;
    grantedScopes: string[] | null;
    checked: string;
  },
): Tried {
  const { responseTimeMs, account, grantedScopes, checked } = facts;
  return {
    columns: reachedColumns(ctx, {
      server: null,
      capabilities: { checked, ...(grantedScopes ? { scopes: grantedScopes.slice(0, 200) } : {}) },
      counts: { tools: 0, resources: 0, prompts: 0 },
      warnings: [],
      account,
      responseTimeMs,
    }),
    listing: null,
    grantedScopes,
    adopt: () => {},
    close: () => {},
  };
}

type Facts = Pick<
  ConnectionRow,
  "server" | "capabilities" | "counts" | "warnings" | "responseTimeMs"
> & { account: string | null };

/** What a successful try writes into the connection's row. */
function reachedColumns(ctx: Context, facts: Facts) {
  return {
    ...facts,
    status: "connected" as const,
    lastError: null,
    errorCount: 0,
    lastSyncedAt: ctx.now,
    updatedAt: ctx.now,
  };
}

function probedFacts(probed: Probed): Facts {
  const { listing } = probed;
  return {
    server: {
      ...probed.info,
      ...probed.known,
      instructions: probed.instructions?.slice(0, 20_000) ?? null,
    },
    capabilities: boundCapabilities(probed.capabilities),
    counts: {
      tools: listing.tools.length,
      resources: listing.resources.length + listing.resourceTemplates.length,
      prompts: listing.prompts.length,
    },
    warnings: listing.warnings,
    account: null,
    responseTimeMs: probed.responseTimeMs,
  };
}

const maxCapabilitiesLength = 100_000;

/** A server may say anything of itself, and a row of D1 holds 2 MB: past a bound only the names are kept. */
function boundCapabilities(capabilities: JsonObject): JsonObject {
  if (JSON.stringify(capabilities).length <= maxCapabilitiesLength) return capabilities;
  const known = ["tools", "resources", "prompts", "completions", "logging"].filter((key) =>
    isObject(capabilities[key]),
  );
  return Object.fromEntries(known.map((key) => [key, {}]));
}

/** What a connection shows that could not be reached when it was made. */
export function unreachedColumns(ctx: Context, lastError: ConnectionFault) {
  return {
    status: "error" as const,
    server: null,
    capabilities: {},
    counts: { tools: 0, resources: 0, prompts: 0 },
    warnings: [],
    account: null,
    responseTimeMs: null,
    lastError,
    errorCount: 1,
    lastSyncedAt: null,
    updatedAt: ctx.now,
  };
}

export function faultOf(ctx: Pick<Context, "now">, error: unknown): ConnectionFault {
  if (!(error instanceof HubError)) throw error;
  return { code: error.code, message: error.message, at: ctx.now };
}
