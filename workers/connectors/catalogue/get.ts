import type { AuthMethod } from "../../../shared/catalogue/manifest";
import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { findConnector } from "./find";
import { summaryOf } from "./list";

/** Whether the team or the deployment has registered an OAuth app at a vendor; credentials/ knows. */
export type ConfiguredApp = (
  ctx: Context,
  connector: string,
) => Promise<"team" | "deployment" | null>;

type Asked = { id: string; redirectUri: string; configuredApp: ConfiguredApp };

/** A connector as a form needs it: no endpoint and no template is shown. Throws `not_found`. */
export async function getConnector(
  ctx: Context,
  { id, redirectUri, configuredApp }: Asked,
): Promise<Connector> {
  requirePermission(ctx, "connections.read");
  const manifest = findConnector(id);
  if (!manifest)
    throw new HubError(
      "not_found",
      `There is no connector ${JSON.stringify(id.slice(0, 100))}. List the connectors to see their ids.`,
    );
  const needsApp = manifest.auth.some((method) => "app" in method);
  const configured = needsApp ? await configuredApp(ctx, id) : null;
  return {
    ...summaryOf(manifest),
    params: manifest.params,
    methods: manifest.auth.map((method) => methodOf(method, { redirectUri, configured })),
  };
}

function methodOf(
  method: AuthMethod,
  app: Pick<NonNullable<ConnectorMethod["app"]>, "redirectUri" | "configured">,
): ConnectorMethod {
  const { id, kind, label, description, fields } = method;
  return {
    id,
    kind,
    label,
    description: description ?? null,
    flow: flowOf(kind),
    executedBy: kind === "client_certificate" || kind === "ssh_key" ? "bridge" : "edge",
    fields,
    scopes: "scopes" in method ? method.scopes.map(withoutParam) : [],
    app: "app" in method ? { ...method.app, ...app } : null,
  };
}

function flowOf(kind: AuthMethod["kind"]): ConnectorMethod["flow"] {
  if (kind === "oauth2_device") return "device";
  return kind === "oauth2_code" || kind === "mcp_oauth" ? "consent" : "form";
}

const withoutParam = ({
  scope,
  label,
  required,
  default: preset,
}: ConnectorMethod["scopes"][number]) => ({
  scope,
  label,
  required,
  default: preset,
});
