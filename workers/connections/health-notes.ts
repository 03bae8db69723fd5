import { and, eq } from "drizzle-orm";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import type { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { Lru } from "../platform/lru";
import { connections, type ConnectionRow } from "./tables";

const oncePerMs = 5000;

/** When this isolate last changed a connection's status because of a call: many calls fail at once, one tells. */
const lastNote = new Lru<number>(1000);

function mayNote(row: ConnectionRow): boolean {
  const now = Date.now();
  if (now - (lastNote.get(row.id) ?? 0) < oncePerMs) return false;
  lastNote.set(row.id, now);
  return true;
}

/** A call could not reach the server: the connection shows it. */
export function noteFault(ctx: Context, row: ConnectionRow, error: HubError): void {
  if (row.status !== "connected" || !mayNote(row)) return;
  const lastError = { code: error.code, message: error.message, at: Date.now() };
  ctx.waitUntil(change(ctx, row, { from: "connected", to: { status: "error", lastError } }));
}

/** A call reached a server that could not be reached before. */
export function noteRecovery(ctx: Context, row: ConnectionRow): void {
  if (row.status !== "error" || !mayNote(row)) return;
  ctx.waitUntil(change(ctx, row, { from: "error", to: { status: "connected", lastError: null } }));
}

async function change(
  ctx: Context,
  row: ConnectionRow,
  step: { from: ConnectionRow["status"]; to: Pick<ConnectionRow, "status" | "lastError"> },
): Promise<void> {
  try {
    await ctx.db
      .update(connections)
      .set(step.to)
      .where(
        and(
          eq(connections.id, row.id),
          eq(connections.teamId, ctx.teamId),
          eq(connections.status, step.from),
        ),
      );
    await bumpEpoch(ctx);
  } catch (error) {
    log("error", "connection.note_failed", {
      teamId: ctx.teamId,
      connectionId: row.id,
      error: describeError(error),
    });
  }
}
