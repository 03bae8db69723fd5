import { and, eq, isNull, sql } from "drizzle-orm";
import type { Param } from "../../../shared/catalogue/manifest";
import { configuredApp, deploymentApps } from "../../credentials";
import { may, requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { wrongWith } from "../../platform/param-rule";
import { connections } from "../tables";
import type { FlowDraft } from "./draft";
import type { FlowMethod, Way } from "./way";

/** A host nobody has (RFC 6761): a parameter that takes it takes any. */
const anyHost = "plugboard.invalid";

/**
 * An app's secret goes to the vendor's host, and of some vendors whoever signs in names that host themselves. The
 * deployment's app is for the vendor's usual host, or the one its setting names. The team's goes where whoever may store it leads it, and where
 * a connection of the team leads already. Throws `forbidden`, and `invalid_input` naming the parameter.
 */
export async function requireAppsHost(
  ctx: Context,
  { manifest, method, draft }: Way & { draft: FlowDraft },
): Promise<void> {
  for (const param of manifest.params) {
    const host = draft.params[param.name];
    if (host === undefined || host === param.default || !leadsAnywhere(method, param)) continue;
    if ((await configuredApp(ctx, manifest.id)) === "deployment") {
      const known = deploymentApps(ctx.env).get(manifest.id)?.host;
      if (known === host) continue;
      throw new HubError(
        "invalid_input",
        `body.params.${param.name}: the hub's own app is for ${known ?? param.default ?? manifest.name}, and its secret goes nowhere else. Register an app at ${host.slice(0, 100)}, and store it with PUT /api/v1/oauth-apps/${manifest.id}.`,
        { details: { field: `body.params.${param.name}`, reason: "no_app" } },
      );
    }
    if (!may(ctx, "connections.write") && !(await isKnown(ctx, draft, param.name)))
      requirePermission(ctx, "connections.write");
  }
}

/** Whether a parameter is all of a host that the app's secret is sent to, and takes any. */
function leadsAnywhere(method: FlowMethod, param: Param): boolean {
  if (method.kind === "mcp_oauth") return false;
  const places = [
    method.tokenUrl,
    method.refreshUrl,
    method.revoke?.url,
    method.kind === "oauth2_device" ? method.deviceUrl : undefined,
  ];
  return [anyHost, `https://${anyHost}`].some(
    (value) =>
      wrongWith(param, value) === undefined &&
      places.some((place) => place !== undefined && hostOf(place, param.name, value) === anyHost),
  );
}

const hostOf = (template: string, name: string, value: string): string | undefined =>
  URL.parse(
    template
      .replaceAll(new RegExp(`\\{${name}(\\|[^{}]*)?\\}`, "g"), value)
      .replaceAll(/\{[^{}]*\}/g, "x"),
  )?.hostname;

async function isKnown(ctx: Context, draft: FlowDraft, name: string): Promise<boolean> {
  const known = await ctx.db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        eq(connections.connector, draft.connector),
        eq(connections.authMethod, draft.method),
        isNull(connections.ownerId),
        sql`json_extract(${connections.params}, ${`$."${name}"`}) = ${draft.params[name]}`,
      ),
    )
    .limit(1)
    .get();
  return known !== undefined;
}
