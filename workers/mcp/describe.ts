import {
  hubInfo,
  isObject,
  LEGACY_VERSIONS,
  metaKey,
  MODERN_VERSION,
  NEWEST_LEGACY_VERSION,
  type Era,
  type JsonObject,
} from "../connectors";
import type { Context } from "../platform/context";
import { listTtlMs } from "./lists";
import { connectionsOf, type View } from "./view";

const aggregateInstructions =
  "Plugboard offers the tools of several servers in one place. A tool's name begins with its connection, then two underscores.";

/** `initialize`: no session is opened, every request stands for itself. */
export async function initializeResult(
  ctx: Context,
  view: View,
  params: JsonObject,
): Promise<JsonObject> {
  const protocolVersion = negotiated(params["protocolVersion"]);
  return { protocolVersion, ...(await description(ctx, view, "legacy")) };
}

/** The revision a client that opens with `initialize` is answered in. */
export function negotiated(asked: unknown): string {
  return LEGACY_VERSIONS.find((version) => version === asked) ?? NEWEST_LEGACY_VERSION;
}

export async function discoverResult(ctx: Context, view: View): Promise<JsonObject> {
  const { serverInfo, ...rest } = await description(ctx, view, "modern");
  return {
    resultType: "complete",
    supportedVersions: [MODERN_VERSION],
    ...rest,
    ttlMs: listTtlMs,
    cacheScope: "private",
    _meta: { [metaKey.serverInfo]: serverInfo },
  };
}

async function description(ctx: Context, view: View, era: Era) {
  if (view.connection === null)
    return {
      serverInfo: hubInfo,
      instructions: aggregateInstructions,
      capabilities: capabilitiesOf(
        { tools: {}, prompts: {}, resources: {}, completions: {}, logging: {} },
        era,
      ),
    };
  const [connection] = await connectionsOf(ctx, view);
  const { server, capabilities = {} } = connection ?? {};
  return {
    serverInfo: { ...hubInfo, title: `${hubInfo.title}: ${connection?.name ?? ""}` },
    ...(server?.instructions ? { instructions: server.instructions } : {}),
    capabilities: capabilitiesOf(capabilities, era, server?.era),
  };
}

/**
 * What the hub passes through of what a server can do. Changes are told only on the listen stream of 2026-07-28, and
 * those of a single resource only where the server has such a stream too.
 */
function capabilitiesOf(upstream: JsonObject, era: Era, serverEra?: Era): JsonObject {
  const told = era === "modern" ? { listChanged: true } : {};
  const capabilities: JsonObject = {};
  for (const feature of ["tools", "prompts", "resources"])
    if (isObject(upstream[feature])) capabilities[feature] = { ...told };
  for (const feature of ["completions", "logging"])
    if (isObject(upstream[feature])) capabilities[feature] = {};
  const { resources } = upstream;
  if (
    era === "modern" &&
    serverEra === "modern" &&
    isObject(resources) &&
    resources["subscribe"] === true
  )
    capabilities["resources"] = { ...told, subscribe: true };
  return capabilities;
}
