import { record } from "../audit";
import type { Context } from "../platform/context";
import { Lru } from "../platform/lru";
import { credentialFor, type Opened } from "./credential";
import type { ConnectionRow } from "./tables";

const listenEveryMs = 60 * 60_000;
const listened = new Lru<number>(5000);

/**
 * A connection's credential outside a call, which has no execution to stand in: with an entry in the audit log. A client
 * that listens on and on, or a server that changes on and on, has one an hour. Throws as `credentialFor` does.
 */
export async function openForWork(
  ctx: Context,
  row: ConnectionRow,
  reason: "test" | "sync" | "update" | "listen" | "revoke" | "rotate",
): Promise<Opened> {
  const opened = await credentialFor(ctx, row);
  if (opened.ref === null) return opened;
  const { id: credentialId, version } = opened.ref;
  const place = `${row.id}/${credentialId}/${version}/${ctx.actor.id}`;
  if (reason === "listen") {
    if (ctx.now - (listened.get(place) ?? 0) < listenEveryMs) return opened;
    listened.set(place, ctx.now);
  }
  const details = { credentialId, version, reason };
  await record(ctx, { action: "credential.open", subjectId: row.id, details });
  return opened;
}
