import type { BulkJobs, BulkJobsDone, Job, JobStatus } from "../../../shared/contracts/jobs";
import { may, requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { isOwn } from "../find";
import { keptBy } from "./list";
import { runnerOf } from "./runner.object";
import { wakeJobs } from "./wake";

const mostAtOnce = 500;
const pageSize = 100;
const mostPages = 20;

/** What each can be done to. */
const fitting: Record<BulkJobs["action"], readonly JobStatus[]> = {
  cancel: ["queued", "running"],
  retry: ["failed", "timed_out", "cancelled", "lost"],
};

type Found = { ids: string[]; more: boolean };
const ledgerOf = (ctx: Context) => ctx.env.TEAM_LEDGER.getByName(ctx.teamId);

/**
 * Cancels or retries as many as fit one request of those that are named or that a filter keeps: the caller's own, or with
 * `executions.manage` anybody's. What it cannot be done to is passed over. Throws `forbidden`, `invalid_input`.
 */
export async function bulkJobs(ctx: Context, asked: BulkJobs): Promise<BulkJobsDone> {
  if (!may(ctx, "executions.manage")) requirePermission(ctx, "tools.call");
  const { ids, more } = await find(ctx, asked);
  if (asked.preview || ids.length === 0) return { matched: ids.length, done: 0, more };
  const done = await (asked.action === "cancel" ? cancel(ctx, ids) : retry(ctx, ids));
  return { matched: ids.length, done, more };
}

async function find(ctx: Context, { action, ids, filter }: BulkJobs): Promise<Found> {
  if ((ids === undefined) === (filter === undefined))
    throw new HubError(
      "invalid_input",
      "body: name either ids or a filter. The filter {} stands for all jobs you may decide over.",
      { details: { field: "body" } },
    );
  if (ids !== undefined) {
    const jobs = await ledgerOf(ctx).jobsOf([...new Set(ids)]);
    return { ids: await offered(ctx, action, jobs), more: false };
  }
  return filtered(ctx, action, filter ?? {});
}

async function filtered(
  ctx: Context,
  action: BulkJobs["action"],
  { status, ...filter }: NonNullable<BulkJobs["filter"]>,
): Promise<Found> {
  const statuses = fitting[action].filter((one) => status?.includes(one) ?? true);
  if (statuses.length === 0) return { ids: [], more: false };
  const asked = { ...filter, status: [...statuses] };
  const kept = await keptBy(ctx, { filter: asked, within: "body.filter" });
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages && ids.length < mostAtOnce; pages++) {
    const limit = Math.min(pageSize, mostAtOnce - ids.length);
    const page = await ledgerOf(ctx).listJobs({ ...kept, limit, cursor });
    ids.push(...(await offered(ctx, action, page.items)));
    if (page.nextCursor === null) return { ids, more: false };
    cursor = page.nextCursor;
  }
  return { ids, more: true };
}

/** To which of these jobs it can be done, and by whoever asks. */
async function offered(
  ctx: Context,
  action: BulkJobs["action"],
  jobs: readonly Job[],
): Promise<string[]> {
  const ids = jobs
    .filter(
      (job) =>
        fitting[action].includes(job.status) &&
        !ctx.hidden.has(job.connectionId) &&
        (may(ctx, "executions.manage") || isOwn(ctx, job.actor)),
    )
    .map(({ id }) => id);
  return action === "cancel" || ids.length === 0 ? ids : ledgerOf(ctx).retryableJobs(ids);
}

async function cancel(ctx: Context, ids: string[]): Promise<number> {
  const by = ctx.actor.personId ?? ctx.actor.id;
  const cancelled = await ledgerOf(ctx).cancelJobs(ids, by);
  await Promise.all(
    ids.map(async (id, index) => {
      const one = cancelled[index];
      if (one?.kind === "stopping") await runnerOf(ctx, one.lane).cancel(id);
    }),
  );
  return cancelled.filter(({ kind }) => kind === "cancelled" || kind === "stopping").length;
}

async function retry(ctx: Context, ids: string[]): Promise<number> {
  const retried = await ledgerOf(ctx).retryJobs(ids);
  const queued = ids.filter((_, index) => retried[index]?.kind === "queued");
  for (let from = 0; from < queued.length; from += pageSize)
    await wakeJobs(ctx, queued.slice(from, from + pageSize));
  return queued.length;
}
