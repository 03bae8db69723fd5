import type { AuthMethod, Manifest } from "../../shared/catalogue/manifest";
import type { ConnectionAuthInput, CreateConnection } from "../../shared/contracts/connections";
import { findConnector } from "../connectors";
import { checkFields, type SecretRecord } from "../credentials";
import { HubError } from "../platform/errors";
import { isFlowMethod } from "./flows/way";

/** Throws `invalid_input` for what is no connector. */
export function requireConnector(id: string): Manifest {
  const manifest = findConnector(id);
  if (manifest) return manifest;
  throw badInput(
    "connector",
    `there is no connector ${JSON.stringify(id)}. GET /api/v1/connectors lists them`,
  );
}

export type ReadCredential = {
  /** The manifest as this way to sign in has it. */
  manifest: Manifest;
  method: AuthMethod;
  record: SecretRecord;
  /** What a token is to be asked for. */
  scopes: string[];
};

/**
 * How a connection is to sign in, from what was sent: `auth`, or an MCP server's `config.headers`. Undefined where it
 * says neither. Throws `invalid_input` naming the field.
 */
export function readCredential(
  whole: Manifest,
  {
    auth,
    headers,
  }: {
    auth: ConnectionAuthInput | undefined;
    headers: Record<string, string> | null | undefined;
  },
): ReadCredential | undefined {
  if (auth && headers !== undefined)
    throw badInput("auth", "and config.headers both hold a credential. Send one of them");
  if (headers !== undefined)
    return { ...requireMethod(whole, "headers"), record: headers ?? {}, scopes: [] };
  if (!auth) return undefined;
  const { manifest, method } = requireMethod(whole, auth.method);
  if (isFlowMethod(method))
    throw badInput(
      "auth.method",
      `"${method.label}" is a sign-in at the vendor. Begin it with POST /api/v1/connect-flows`,
    );
  const record = checkFields(method, auth.fields, "body.auth.fields");
  return { manifest, method, record, scopes: scopesOf(method, auth.scopes) };
}

/** What a new connection signs in with where nothing was sent: nothing, where the connector has such a way. */
export function withoutCredential(whole: Manifest): ReadCredential {
  if (whole.id === "mcp") return { ...requireMethod(whole, "headers"), record: {}, scopes: [] };
  const none = whole.auth.find(({ kind }) => kind === "none");
  if (none) return { ...requireMethod(whole, none.id), record: {}, scopes: [] };
  throw badInput(
    "auth",
    `is needed: ${whole.name} takes ${whole.auth.map(({ id }) => id).join(", ")}`,
  );
}

/** Throws `invalid_input` for what is no way to sign in to this connector. */
export function requireMethod(
  whole: Manifest,
  id: string,
): Pick<ReadCredential, "manifest" | "method"> {
  const method = whole.auth.find((one) => one.id === id);
  const manifest = findConnector(whole.id, id);
  if (method && manifest) return { manifest, method };
  throw badInput(
    "auth.method",
    `${whole.name} has no way to sign in called ${JSON.stringify(id)}. It takes ${whole.auth.map((one) => one.id).join(", ")}`,
  );
}

function scopesOf(method: AuthMethod, named: readonly string[] | undefined): string[] {
  const declared = "scopes" in method ? method.scopes : [];
  const wanted = named ?? declared.filter((one) => one.default).map(({ scope }) => scope);
  const required = declared.filter((one) => one.required).map(({ scope }) => scope);
  return [...new Set([...required, ...wanted])];
}

/** The endpoint of an MCP server; null for a vendor, whose address its parameters make. */
export function readConfig(
  whole: Manifest,
  config: CreateConnection["config"],
): { url: string; transport: "auto" | "http" | "sse" } | null {
  if (whole.id === "mcp") {
    if (!config) throw badInput("config", "is needed for an MCP server");
    const { url, transport } = config;
    return { url, transport };
  }
  if (config) throw badInput("config", `is for MCP servers. ${whole.name} takes params instead`);
  return null;
}

export const badInput = (field: string, words: string) =>
  new HubError("invalid_input", `body.${field}: ${words}.`, {
    details: { field: `body.${field}` },
  });
