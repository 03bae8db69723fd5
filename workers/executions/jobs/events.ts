import type { JobEventPage } from "../../../shared/contracts/jobs";
import type { PageQuery } from "../../../shared/contracts/pages";
import type * as z from "zod";
import type { Context } from "../../platform/context";
import { pageOfEvents } from "../asked";
import { findJob } from "./find";

/** What happened to a job and in its attempts, oldest first. Throws `not_found`, `invalid_input`. */
export async function listJobEvents(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<z.infer<typeof JobEventPage>> {
  await findJob(ctx, id);
  const ledger = ctx.env.TEAM_LEDGER.getByName(ctx.teamId);
  return pageOfEvents({ list: `evt~${id}`, query }, async (page) => {
    return JSON.parse(await ledger.jobEvents(id, page)) as z.infer<typeof JobEventPage>;
  });
}
