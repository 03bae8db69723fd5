import type { Context } from "../platform/context";
import type { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { Lru } from "../platform/lru";
import { markSignIn } from "./mark";
import type { SignInEvent } from "./state";
import type { ConnectionRow } from "./tables";

const oncePerMs = 5000;

/** When this isolate last noted an event of this kind of a connection: many calls fail at once, one tells. */
const lastNote = new Lru<number>(1000);

function mayNote(row: ConnectionRow, { kind }: SignInEvent): boolean {
  const now = Date.now();
  const noted = `${row.id}/${kind}`;
  if (now - (lastNote.get(noted) ?? 0) < oncePerMs) return false;
  lastNote.set(noted, now);
  return true;
}

/** What an error of a server says about its connection; nothing where it says only something about the request. */
export function eventOf(row: ConnectionRow, error: HubError, now: number): SignInEvent | undefined {
  const fault = { code: error.code, message: error.message, at: now };
  if (error.code === "upstream_unreachable") return { kind: "unreachable", fault };
  // With 403 a server refuses one thing, and not whoever asks.
  if (error.code === "upstream_unauthorized" && error.details?.["upstreamStatus"] === 401)
    return { kind: "refused", fault, final: row.refreshes };
  return undefined;
}

/** A call could not reach the server, or was refused there: the connection shows it. */
export function noteFault(ctx: Context, row: ConnectionRow, error: HubError): void {
  const event = eventOf(row, error, Date.now());
  if (!event || (event.kind === "unreachable" && row.status === "error")) return;
  if (!mayNote(row, event)) return;
  ctx.waitUntil(mark(ctx, row, event));
}

/** A call reached a server that could not be reached before. */
export function noteRecovery(ctx: Context, row: ConnectionRow): void {
  const event = { kind: "worked" } as const;
  if (row.status !== "error" || !mayNote(row, event)) return;
  ctx.waitUntil(mark(ctx, row, event));
}

async function mark(ctx: Context, row: ConnectionRow, event: SignInEvent): Promise<void> {
  const { id, credentialId } = row;
  try {
    await markSignIn({ ...ctx, now: Date.now() }, { id, credentialId }, event);
  } catch (error) {
    log("error", "connection.note_failed", {
      teamId: ctx.teamId,
      connectionId: id,
      error: describeError(error),
    });
  }
}
