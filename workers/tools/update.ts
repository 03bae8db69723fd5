import { and, eq } from "drizzle-orm";
import type { Tool, UpdateTool } from "../../shared/contracts/tools";
import { recorded } from "../audit";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { getTool } from "./list";
import { searchText } from "./search-text";
import { tools } from "./tables";

const sameTool = (ctx: Context, id: string) => and(eq(tools.id, id), eq(tools.teamId, ctx.teamId));

const settingOf = (tool: Tool, field: keyof UpdateTool) =>
  field === "runsAgain" ? tool.runsAgain.safe : tool[field];

/** What is left out stays as it is. */
const set = (change: UpdateTool) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

export async function updateTool(
  ctx: Context,
  idOrName: string,
  change: UpdateTool,
): Promise<Tool> {
  requirePermission(ctx, "tools.write");
  const known = await getTool(ctx, idOrName);
  const { id } = known;
  const fields = Object.keys(change) as (keyof UpdateTool)[];
  const event = {
    action: "tool.update",
    subjectId: id,
    before: Object.fromEntries(fields.map((field) => [field, settingOf(known, field)])),
    after: { ...change },
  };
  await recorded(ctx, event, [ctx.db.update(tools).set(set(change)).where(sameTool(ctx, id))]);
  await bumpEpoch(ctx);
  return getTool(ctx, id);
}

/** Accepts the changed definition with this hash, and no other: what the person saw is what is accepted. */
export async function acceptTool(ctx: Context, idOrName: string, hash: string): Promise<Tool> {
  requirePermission(ctx, "tools.write");
  const { id, pending } = await getTool(ctx, idOrName);
  if (pending === null || pending.hash !== hash)
    throw new HubError(
      "conflict",
      "This change does not wait to be accepted. Read the tool again: it may have changed once more.",
    );
  await recorded(ctx, { action: "tool.accept", subjectId: id, details: { hash } }, [
    ctx.db
      .update(tools)
      .set({
        definition: pending.definition,
        searchText: searchText(pending.definition),
        hash,
        pendingDefinition: null,
        pendingHash: null,
      })
      .where(and(sameTool(ctx, id), eq(tools.pendingHash, hash))),
  ]);
  await bumpEpoch(ctx);
  return getTool(ctx, id);
}
