import type { ServerNews } from "../limits";
import { notify, settle } from "../notifications";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { failing } from "./matters";
import { rememberedConnection } from "./rows";

/** Tells people in the background that a server fails, or that it works again. The gate asks again until it is told. */
export function tellOfServers(ctx: Context, news: readonly ServerNews[]): void {
  for (const one of news) ctx.waitUntil(tell({ ...ctx, now: Date.now() }, one));
}

async function tell(ctx: Context, news: ServerNews): Promise<void> {
  const { teamId } = ctx;
  const { connectionId, kind } = news;
  try {
    await tellOne(ctx, news);
    await ctx.env.TEAM_GATE.getByName(teamId).toldPeople([{ connectionId, kind }]);
  } catch (error) {
    log("error", "connection.news_not_told", { teamId, connectionId, error: describeError(error) });
  }
}

async function tellOne(ctx: Context, { connectionId, kind, failures }: ServerNews): Promise<void> {
  if (kind === "recovered")
    return settle(ctx, { subjectId: connectionId, kinds: ["connection.failing"] });
  try {
    await notify(ctx, failing(await rememberedConnection(ctx, connectionId), failures));
  } catch (error) {
    // It was deleted meanwhile.
    if (!(error instanceof HubError) || error.code !== "not_found") throw error;
  }
}
