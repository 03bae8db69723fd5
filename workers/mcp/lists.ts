import { rpcCode, type Era, type JsonObject } from "../connectors";
import type { Context } from "../platform/context";
import { utf8 } from "../platform/encoding";
import { offersOf, toolsOf } from "./offers";
import { rememberFor } from "./remember-for";
import { WireRefusal } from "./replies";
import { connectionsOf, type View } from "./view";
import { wellFormed } from "./well-formed";

export type ListMethod =
  | "tools/list"
  | "prompts/list"
  | "resources/list"
  | "resources/templates/list";

const fields: Record<ListMethod, string> = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resourceTemplates",
};

const kinds = {
  "tools/list": "tool",
  "prompts/list": "prompt",
  "resources/list": "resource",
  "resources/templates/list": "template",
} as const;

export function isListMethod(method: string): method is ListMethod {
  return Object.hasOwn(fields, method);
}

// Many clients never ask for a second page: one page holds all that any of them can use.
const maxPageItems = 5000;
const maxPageLength = 4 * 1024 * 1024;
export const listTtlMs = 10_000;

/**
 * A page of a list as the bytes of its `result`. Kept ready for the team's epoch: only the first request after a change
 * reads the registry. Throws `WireRefusal` on a cursor that is none of ours.
 */
export async function listPage(
  ctx: Context,
  asked: { view: View; era: Era; method: ListMethod; cursor: unknown },
): Promise<Uint8Array> {
  const { view, era, method, cursor } = asked;
  // By id: a connection's slug and its id are one view.
  const scope = view.connection === null ? "" : (await connectionsOf(ctx, view))[0]?.id;
  const pages = await rememberFor(ctx, `mcp/${method}/${scope}/${era}`, () =>
    buildPages(ctx, asked),
  );
  const named = typeof cursor === "string" ? /^p(\d{1,4})$/.exec(cursor)?.[1] : undefined;
  const page = pages[cursor === undefined ? 0 : Number(named ?? -1)];
  if (!page)
    throw new WireRefusal(
      rpcCode.invalidParams,
      "cursor: is not the nextCursor of an earlier page.",
      { status: 200 },
    );
  return page;
}

async function buildPages(
  ctx: Context,
  { view, era, method }: { view: View; era: Era; method: ListMethod },
): Promise<Uint8Array[]> {
  const items = await itemsOf(ctx, view, method);
  const groups: string[][] = [[]];
  let length = 0;
  for (const item of items) {
    const text = JSON.stringify(wellFormed(kinds[method], era, item));
    const open = groups.at(-1) ?? [];
    if (open.length > 0 && (open.length === maxPageItems || length + text.length > maxPageLength)) {
      groups.push([text]);
      length = text.length;
    } else {
      open.push(text);
      length += text.length;
    }
  }
  const meta = await metaOf(ctx, view);
  return groups.map((group, index) => {
    const next = index + 1 < groups.length ? { nextCursor: `p${index + 1}` } : {};
    const rest = {
      ...next,
      ...meta,
      ...(era === "modern"
        ? { resultType: "complete", ttlMs: listTtlMs, cacheScope: "private" }
        : {}),
    };
    const tail = JSON.stringify(rest).slice(1);
    return utf8(`{"${fields[method]}":[${group.join(",")}]${tail === "}" ? "}" : `,${tail}`}`);
  });
}

async function itemsOf(ctx: Context, view: View, method: ListMethod): Promise<JsonObject[]> {
  const kind = kinds[method];
  if (kind === "tool") return toolsOf(ctx, view);
  return [...(await offersOf(ctx, view, kind)).values()].map(({ definition }) => definition);
}

/** Connections that cannot be reached now are named, so that nobody takes a stale list for the whole truth. */
async function metaOf(ctx: Context, view: View): Promise<JsonObject> {
  const broken = (await connectionsOf(ctx, view)).filter(({ status }) => status === "error");
  if (broken.length === 0) return {};
  return {
    _meta: {
      "io.plugboard/unavailable": broken.map(({ slug, name, lastError }) => ({
        connection: slug,
        name,
        error: lastError && { code: lastError.code, message: lastError.message },
      })),
    },
  };
}
