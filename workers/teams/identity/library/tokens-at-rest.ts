import type { DBAdapterInstance } from "@better-auth/core/db/adapter";
import { tokenAtRest } from "../../session-cookie";

type Adapter = ReturnType<DBAdapterInstance>;
type Condition = { field: string; value: unknown };

/**
 * The library writes a session's token as it is. Here it is hashed on its way to the database, and what the library reads
 * has the token back that it asked with: a copy of the database holds nothing a cookie could be made of.
 */
export function withTokensAtRest(adapterOf: DBAdapterInstance): DBAdapterInstance {
  return (options) => {
    const inner = adapterOf(options);
    const adapter: Adapter = {
      ...inner,
      create: async (asked) => {
        if (asked.model !== "session") return inner.create(asked);
        const token: unknown = asked.data["token"];
        const data = { ...asked.data, token: hashed(token) };
        const row: object = await inner.create<Record<string, unknown>, object>({ ...asked, data });
        return { ...row, token } as never;
      },
      findOne: async (asked) => restored(await inner.findOne(hidden(asked)), asked) as never,
      findMany: (asked) => inner.findMany(hidden(asked)),
      count: (asked) => inner.count(hidden(asked)),
      update: async (asked) => restored(await inner.update(hidden(asked)), asked) as never,
      updateMany: (asked) => inner.updateMany(hidden(asked)),
      delete: (asked) => inner.delete(hidden(asked)),
      deleteMany: (asked) => inner.deleteMany(hidden(asked)),
      // D1 knows no transaction: the library's own stand-in would go past this one.
      transaction: (work) => work(adapter),
    };
    return adapter;
  };
}

const hashed = (token: unknown): unknown =>
  typeof token === "string" ? tokenAtRest(token) : Array.isArray(token) ? token.map(hashed) : token;

function hidden<Asked extends { model: string; where?: Condition[] | undefined }>(
  asked: Asked,
): Asked {
  if (asked.model !== "session" || asked.where === undefined) return asked;
  const where = asked.where.map((condition) =>
    condition.field === "token" ? { ...condition, value: hashed(condition.value) } : condition,
  );
  return { ...asked, where };
}

/** The row with the token it was asked for by. */
function restored(row: unknown, asked: { model: string; where: Condition[] }): unknown {
  const token = asked.where.find(({ field }) => field === "token")?.value;
  if (asked.model !== "session" || row === null || typeof token !== "string") return row;
  return { ...(row as object), token };
}
