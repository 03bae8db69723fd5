import type { Form, Only, Viewer } from "../ledger";
import { may, requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { issueTicket } from "../teams";
import type { CreateLiveTicket, LiveTicket } from "../../shared/contracts/live";
import { isOwn } from "./find";

export type Watch = {
  only: Only | null;
  /** The last sequence number the viewer has. */
  since: string | undefined;
  form: Form;
  acks: boolean;
};

/**
 * Opens the team's live stream for the caller. `executions.read` shows all that is not hidden from them; without it one
 * may watch a job or an execution of one's own. Throws `forbidden`, `not_found`, `overloaded`,
 * `rate_limited` where too many of their own are open.
 */
export async function watch(ctx: Context, { only, since, form, acks }: Watch): Promise<Response> {
  await requireMayWatch(ctx, only);
  const { actor, epoch, expiresAt } = ctx;
  const session = actor.kind === "user" ? [actor.sessionId] : [];
  const ids = [actor.id, ...session, ...(actor.personId === null ? [] : [actor.personId])];
  const hidden = [...ctx.hidden];
  const viewer: Viewer = { epoch, ids: [...new Set(ids)], hidden, only, expiresAt, form, acks };
  const url = `https://ledger/live${since === undefined ? "" : `?since=${since}`}`;
  const stream = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).fetch(url, {
    headers: { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) },
  });
  if (stream.status === 503 || stream.status === 429) throw tooManyWatch(stream.status === 429);
  return stream;
}

const comeBackSeconds = 30;

function tooManyWatch(areOwn: boolean): HubError {
  return new HubError(
    areOwn ? "rate_limited" : "overloaded",
    `${areOwn ? "You watch live in as many places as one may" : "As many of the team watch live as can"}. Close pages nobody looks at, or try again in ${comeBackSeconds} s.`,
    {
      details: { retryAfterSeconds: comeBackSeconds },
      headers: { "retry-after": String(comeBackSeconds) },
    },
  );
}

/** A ticket for what the caller may watch now. Throws `forbidden`, `not_found`, `rate_limited`. */
export async function createLiveTicket(
  ctx: Context,
  { jobId, executionId }: CreateLiveTicket,
): Promise<LiveTicket> {
  const only = onlyOf({ jobId, executionId });
  await requireMayWatch(ctx, only);
  return issueTicket(ctx, JSON.stringify(only));
}

/** What is to be watched, with what a ticket is good for. Throws `invalid_input`, and `forbidden` for more than that. */
export function onlyOf(
  { jobId, executionId }: { jobId?: string | undefined; executionId?: string | undefined },
  ticketScope?: string,
): Only | null {
  if (jobId !== undefined && executionId !== undefined)
    throw new HubError("invalid_input", "Name a job or an execution to watch, not both.");
  const asked =
    jobId !== undefined ? { jobId } : executionId !== undefined ? { executionId } : null;
  const scope = ticketScope === undefined ? null : (JSON.parse(ticketScope) as Only | null);
  if (scope === null) return asked;
  if (asked !== null && JSON.stringify(asked) !== JSON.stringify(scope))
    throw new HubError("forbidden", "This ticket is good for something else only.");
  return scope;
}

async function requireMayWatch(ctx: Context, only: Only | null): Promise<void> {
  if (only === null) return requirePermission(ctx, "executions.read");
  const found = await find(ctx, only);
  const there = found !== undefined && !ctx.hidden.has(found.connectionId);
  if (there && isOwn(ctx, found.actor) && may(ctx, "tools.call")) return;
  // Whoever may not read those of others is not told which there are.
  requirePermission(ctx, "executions.read");
  if (there) return;
  const [what, id] = "jobId" in only ? ["job", only.jobId] : ["execution", only.executionId];
  throw new HubError(
    "not_found",
    `There is no ${what} ${JSON.stringify(id.slice(0, 100))}. An execution that has just begun is known within a second.`,
  );
}

type Watched = { connectionId: string; actor: Parameters<typeof isOwn>[1] };

async function find(ctx: Context, only: Only): Promise<Watched | undefined> {
  const ledger = ctx.env.TEAM_LEDGER.getByName(ctx.teamId);
  if ("jobId" in only) return (await ledger.getJob(only.jobId))?.job;
  const json = await ledger.get(only.executionId);
  return json === null ? undefined : (JSON.parse(json) as Watched);
}
