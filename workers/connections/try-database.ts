import type { DatabaseMethod } from "../../shared/catalogue/manifest";
import type { Presented } from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { knockAt } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";

const timeoutMs = 10_000;

/**
 * Whether something answers at a database's address. The login is not tried: that takes the engine's own protocol, and
 * the answer says so. Throws `invalid_input`, `outbound_refused`, `upstream_unreachable`, `upstream_timeout`.
 */
export async function tryDatabase(
  ctx: Pick<Context, "env">,
  {
    method,
    params,
    presented,
  }: {
    method: DatabaseMethod;
    params: Record<string, string>;
    presented: Presented;
  },
): Promise<{ responseTimeMs: number; checked: string }> {
  const { host, port } = databaseAddress(method, { ...params, ...presented.record });
  const started = Date.now();
  await knockAt(outboundPolicy(ctx.env), { host, port, timeoutMs });
  return {
    responseTimeMs: Date.now() - started,
    checked: `The port ${port} of ${host} answers. The login itself is tried by the first query.`,
  };
}

export function databaseAddress(
  { defaultPort }: DatabaseMethod,
  fields: Readonly<Record<string, string>>,
): { host: string; port: number } {
  const host = fields["host"]?.trim() ?? "";
  if (!/^[A-Za-z0-9._:[\]-]{1,253}$/.test(host))
    throw new HubError("invalid_input", "host: is no host name. Give one such as db.example.com.", {
      details: { field: "host" },
    });
  const text = fields["port"]?.trim() ?? "";
  const port = text === "" ? defaultPort : Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return { host, port };
  throw new HubError("invalid_input", "port: is no port. Give a number from 1 to 65535.", {
    details: { field: "port" },
  });
}
