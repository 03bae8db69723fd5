import { and, asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { LimitScope, type LimitSetting } from "../../../shared/contracts/limits";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { permissionForLimit } from "../../../shared/limits";
import { limits } from "../../limits/tables";
import { may, type Context } from "../../platform/context";
import { toPage } from "../../platform/pages";
import { tools } from "../../tools/tables";
import { namesOf } from "./names";

type Row = typeof limits.$inferSelect;

/** The limits the team set itself, as far as the caller may set such. */
export async function listSettings(ctx: Context, query: PageQuery): Promise<Page<LimitSetting>> {
  const scopes = LimitScope.options.filter((scope) => may(ctx, permissionForLimit[scope]));
  const rows = await ctx.db
    .select()
    .from(limits)
    .where(
      and(
        ofVisible(ctx),
        inArray(limits.scope, scopes),
        query.cursor === undefined ? undefined : after(query.cursor),
      ),
    )
    .orderBy(asc(limits.scope), asc(limits.subjectId))
    .limit(query.limit + 1);
  const names = await namesOf(
    ctx,
    rows.map(({ subjectId }) => subjectId),
  );
  return toPage(rows, query.limit, {
    item: (row) => toSetting(row, names.get(row.subjectId)),
    cursor: ({ scope, subjectId }) => `${scope}/${subjectId}`,
  });
}

/** One of them; undefined where the team set none, or where whose it is, is hidden from the caller. */
export function readSetting(
  ctx: Context,
  { scope, id }: { scope: LimitScope; id: string },
): Promise<Row | undefined> {
  return ctx.db
    .select()
    .from(limits)
    .where(and(ofVisible(ctx), eq(limits.scope, scope), eq(limits.subjectId, id)))
    .get();
}

/** A limit of what is gone keeps its id for a name, so that it can be taken away. */
export const toSetting = (row: Omit<Row, "teamId">, name: string | undefined): LimitSetting => ({
  scope: row.scope,
  subjectId: row.subjectId,
  name: name ?? row.subjectId,
  perMinute: row.perMinute,
  perDay: row.perDay,
  budgetPerDay: row.budgetPerDay,
  updatedAt: row.updatedAt,
});

function ofVisible({ teamId, hidden }: Context): SQL | undefined {
  const own = eq(limits.teamId, teamId);
  if (hidden.size === 0) return own;
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify([...hidden])}))`;
  return and(
    own,
    sql`${limits.subjectId} NOT IN ${ids}`,
    sql`${limits.subjectId} NOT IN (SELECT ${tools.id} FROM ${tools} WHERE ${tools.teamId} = ${teamId} AND ${tools.connectionId} IN ${ids})`,
  );
}

function after(cursor: string): SQL {
  const [scope, id] = cursor.split("/", 2);
  return sql`(${limits.scope}, ${limits.subjectId}) > (${scope}, ${id})`;
}
