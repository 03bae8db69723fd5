import { record } from "../audit";
import { openSecret } from "../credentials";
import type { Context } from "../platform/context";
import { Lru } from "../platform/lru";
import type { ConnectionRow } from "./tables";

type Secret = Pick<ConnectionRow, "credentialId" | "credentialVersion">;

/** The connection's secret headers, opened for the use at hand. Whoever opens them says so in the record. */
export async function openHeaders(ctx: Context, row: Secret): Promise<Record<string, string>> {
  if (row.credentialId === null) return {};
  return openSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
}

const listenEveryMs = 60 * 60_000;
const listened = new Lru<number>(5000);

/**
 * The same outside a call, which has no execution to stand in: with an entry in the audit log. A client that listens on
 * and on, or a server that changes on and on, has one an hour.
 */
export async function openForWork(
  ctx: Context,
  row: Secret & Pick<ConnectionRow, "id">,
  reason: "test" | "sync" | "update" | "listen",
): Promise<Record<string, string>> {
  const headers = await openHeaders(ctx, row);
  const { id: subjectId, credentialId, credentialVersion: version } = row;
  if (credentialId === null) return headers;
  const place = `${subjectId}/${credentialId}/${version}/${ctx.actor.id}`;
  if (reason === "listen") {
    if (ctx.now - (listened.get(place) ?? 0) < listenEveryMs) return headers;
    listened.set(place, ctx.now);
  }
  const details = { credentialId, version, reason };
  await record(ctx, { action: "credential.open", subjectId, details });
  return headers;
}
