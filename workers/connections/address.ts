import type { AuthMethod, Manifest } from "../../shared/catalogue/manifest";
import { baseUrlOf } from "../connectors";
import type { SecretRecord } from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { judgeUrl } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";
import type { ConnectionRow } from "./tables";
import { databaseAddress } from "./try-database";

/** Throws `outbound_refused` naming the field: nothing is sent where the hub does not go. */
export function requireAllowedUrl(
  ctx: Pick<Context, "env">,
  url: string,
  field = "config.url",
): void {
  const verdict = judgeUrl(url, outboundPolicy(ctx.env));
  if (verdict.ok) return;
  throw new HubError("outbound_refused", `${field}: ${verdict.reason}`, { details: { field } });
}

type Address = Pick<ConnectionRow, "url" | "transport">;

/**
 * What a vendor's connection shows as its address, nothing of it secret. Throws `outbound_refused` where its requests
 * would go where the hub does not.
 */
export function vendorAddress(
  ctx: Pick<Context, "env">,
  {
    manifest,
    method,
    params,
    record,
  }: {
    manifest: Manifest;
    method: AuthMethod;
    params: Record<string, string>;
    record: SecretRecord;
  },
): Address {
  if (method.kind === "database" && !manifest.request) {
    const fields = { ...params, ...record };
    // Not typed yet, or told by a secret's name alone.
    if (!fields["host"] || fields["host"].includes("{{secrets."))
      return { url: method.engine, transport: "http" };
    const { host, port } = databaseAddress(method, fields);
    const named = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
    requireAllowedUrl(ctx, `https://${named}`, "auth.fields.host");
    return { url: `${method.engine}://${named}:${port}`, transport: "http" };
  }
  const url = baseUrlOf(manifest, params, Object.keys(record));
  requireAllowedUrl(ctx, url, "params");
  return { url, transport: "http" };
}
