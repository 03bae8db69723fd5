import { createHash } from "node:crypto";
import { remember, type Context } from "../platform/context";
import { Lru } from "../platform/lru";

/** What was built for callers who may not see everything. Few: each can be megabytes, and any of them is built again. */
const narrowed = new Lru<object>(24);

/** Names of sets of hidden connections: a set is the same object for as long as its caller's rights are. */
const names = new WeakMap<ReadonlySet<string>, string>();

/**
 * Reads through the isolate's memory of the team, as `remember` does, for what depends on which connections the caller
 * may see. Callers who may see the same share it.
 */
export async function rememberFor<Value extends object>(
  ctx: Context,
  key: string,
  load: () => Promise<Value>,
): Promise<Value> {
  if (ctx.hidden.size === 0) return remember(ctx, key, load);
  const place = `${ctx.teamId}/${ctx.epoch}/${nameOf(ctx.hidden)}/${key}`;
  const known = narrowed.get(place) as Value | undefined;
  if (known !== undefined) return known;
  const value = await load();
  narrowed.set(place, value);
  return value;
}

function nameOf(hidden: ReadonlySet<string>): string {
  let name = names.get(hidden);
  if (name === undefined) {
    const ids = [...hidden].toSorted().join(" ");
    names.set(hidden, (name = createHash("sha256").update(ids).digest("base64url")));
  }
  return name;
}
