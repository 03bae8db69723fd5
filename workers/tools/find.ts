import { and, eq, type SQL } from "drizzle-orm";
import { rememberedConnection, type ConnectionRow } from "../connections";
import { isObject, paramHeaders, type ParamHeader } from "../connectors";
import { remember, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { runsAgain } from "./runs-again";
import { tools } from "./tables";
import { argumentCheck, type ArgumentCheck } from "./validate";

export const defaultTimeoutMs = 30_000;

/** A tool ready to run: its snapshot, its connection, and what was worked out of its schema once. */
export type RunnableTool = {
  id: string;
  name: string;
  exposedName: string;
  /** Of the definition that was accepted. */
  hash: string;
  quarantined: boolean;
  timeoutMs: number;
  /** Whether a call may be sent a second time. */
  runsAgain: boolean;
  cacheSeconds: number | null;
  staleSeconds: number | null;
  cost: number;
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
  const tool = await rememberedTool(ctx, ref);
  // What is remembered is the same for every caller of the team: who may use it is asked after.
  if (ctx.hidden.has(tool.connection.id)) throw noTool(shownName(ref));
  return tool;
}

const shownName = (ref: ToolRef): string =>
  "id" in ref ? ref.id : "exposedName" in ref ? ref.exposedName : ref.name;

function noTool(shown: string): HubError {
  return new HubError(
    "not_found",
    `There is no tool ${JSON.stringify(shown.slice(0, 300))}. List the tools to see what there is; sync the connection if its server has changed.`,
  );
}

function rememberedTool(ctx: Context, ref: ToolRef): Promise<RunnableTool> {
  if ("id" in ref)
    return remember(ctx, `tool/${ref.id}`, () => readTool(ctx, ref, eq(tools.id, ref.id)));
  if ("exposedName" in ref)
    return remember(ctx, `tool-at/${ref.exposedName}`, () =>
      readTool(ctx, ref, eq(tools.exposedName, ref.exposedName)),
    );
  const { connection, name } = ref;
  return remember(ctx, `tool-of/${connection.id}/${name}`, () =>
    readTool(ctx, ref, and(eq(tools.connectionId, connection.id), eq(tools.name, name))),
  );
}

async function readTool(ctx: Context, ref: ToolRef, which: SQL | undefined): Promise<RunnableTool> {
  const row = await ctx.db
    .select()
    .from(tools)
    .where(and(eq(tools.teamId, ctx.teamId), which))
    .get();
  if (!row) throw noTool(shownName(ref));
  const schema = isObject(row.definition["inputSchema"]) ? row.definition["inputSchema"] : {};
  const headers = paramHeaders(schema);
  return {
    id: row.id,
    name: row.name,
    exposedName: row.exposedName,
    hash: row.hash,
    quarantined: row.pendingHash !== null,
    timeoutMs: row.timeoutMs ?? defaultTimeoutMs,
    runsAgain: runsAgain(row).safe,
    cacheSeconds: row.cacheSeconds,
    staleSeconds: row.staleSeconds,
    cost: row.cost,
    paramHeaders: headers.ok ? headers.headers : [],
    check: argumentCheck(schema),
    connection: await rememberedConnection(ctx, row.connectionId),
  };
}
