import { and, eq, type SQL } from "drizzle-orm";
import { findConnection, type ConnectionRow } from "../connections";
import { isObject, paramHeaders, type ParamHeader } from "../connectors";
import { remember, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { tools } from "./tables";
import { argumentCheck, type ArgumentCheck } from "./validate";

export const defaultTimeoutMs = 30_000;

/** A tool ready to run: its snapshot, its connection, and what was worked out of its schema once. */
export type RunnableTool = {
  id: string;
  name: string;
  exposedName: string;
  quarantined: boolean;
  timeoutMs: number;
  paramHeaders: readonly ParamHeader[];
  check: ArgumentCheck;
  connection: ConnectionRow;
};

export type ToolRef =
  | { id: string }
  | { exposedName: string }
  | { connection: ConnectionRow; name: string };

/** One read of D1 at most; none where the isolate remembers the tool of this epoch. Throws `not_found`. */
export async function findTool(ctx: Context, ref: ToolRef): Promise<RunnableTool> {
  if ("id" in ref)
    return remember(ctx, `tool/${ref.id}`, () => readTool(ctx, eq(tools.id, ref.id), ref.id));
  if ("exposedName" in ref)
    return remember(ctx, `tool-at/${ref.exposedName}`, () =>
      readTool(ctx, eq(tools.exposedName, ref.exposedName), ref.exposedName),
    );
  const { connection, name } = ref;
  return remember(ctx, `tool-of/${connection.id}/${name}`, () =>
    readTool(ctx, and(eq(tools.connectionId, connection.id), eq(tools.name, name)), name),
  );
}

async function readTool(
  ctx: Context,
  which: SQL | undefined,
  shown: string,
): Promise<RunnableTool> {
  const row = await ctx.db
    .select()
    .from(tools)
    .where(and(eq(tools.teamId, ctx.teamId), which))
    .get();
  if (!row)
    throw new HubError(
      "not_found",
      `There is no tool ${JSON.stringify(shown.slice(0, 300))}. List the tools to see what there is; sync the connection if its server has changed.`,
    );
  const schema = isObject(row.definition["inputSchema"]) ? row.definition["inputSchema"] : {};
  const headers = paramHeaders(schema);
  return {
    id: row.id,
    name: row.name,
    exposedName: row.exposedName,
    quarantined: row.pendingHash !== null,
    timeoutMs: row.timeoutMs ?? defaultTimeoutMs,
    paramHeaders: headers.ok ? headers.headers : [],
    check: argumentCheck(schema),
    connection: await findConnection(ctx, row.connectionId),
  };
}
