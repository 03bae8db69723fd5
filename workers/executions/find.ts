import type { Execution, ExecutionDetail } from "../../shared/contracts/executions";
import type { JsonObject } from "../connectors";
import { may, type Context } from "../platform/context";
import { HubError } from "../platform/errors";

/** An execution of the team, whoever asks. Throws `not_found`, also where its connection is hidden from the caller. */
export async function findExecution(ctx: Context, id: string): Promise<ExecutionDetail> {
  const json = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).get(id);
  const execution = json === null ? undefined : (JSON.parse(json) as ExecutionDetail);
  if (!execution || ctx.hidden.has(execution.connectionId)) throw noExecution(id);
  return execution;
}

/** The same, where it is the caller's own or they may read those of others. Throws `not_found`. */
export async function findReadable(ctx: Context, id: string): Promise<ExecutionDetail> {
  const execution = await findExecution(ctx, id);
  if (isOwn(ctx, execution.actor) || may(ctx, "executions.read")) return execution;
  throw noExecution(id);
}

function noExecution(id: string): HubError {
  return new HubError(
    "not_found",
    `There is no execution ${JSON.stringify(id.slice(0, 100))}. One that has just begun is listed within a second.`,
  );
}

/** Whether the caller asked for it: by the same key or client, or as the same person by another. */
export function isOwn({ actor }: Pick<Context, "actor">, asker: Execution["actor"]): boolean {
  return actor.id === asker.id || (actor.personId !== null && actor.personId === asker.personId);
}

/** What a tool was called with, where that was kept as it was. Throws `invalid_input` naming `arguments`. */
export function keptArguments({ arguments: kept }: ExecutionDetail, next: string): JsonObject {
  const whole = kept && !kept.truncated && !kept.masked ? kept.json : undefined;
  if (typeof whole === "object" && whole !== null) return whole as JsonObject;
  throw new HubError(
    "invalid_input",
    `arguments: those of this execution were not kept whole and as they were. ${next}`,
    { details: { field: "arguments" } },
  );
}

/** The tool an execution ran. Throws `invalid_input` for a prompt, a resource or a completion. */
export function toolOf({ toolId, method }: Execution): string {
  if (toolId !== null && method === "tools/call") return toolId;
  throw new HubError(
    "invalid_input",
    `id: this execution ran no tool but ${method}. Ask for it again at /mcp.`,
    { details: { field: "id" } },
  );
}
