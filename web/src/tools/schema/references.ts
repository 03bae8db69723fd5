import { isObject, type JsonObject } from "../../../../shared/json";
import { own, ownText } from "./json";

const mostSchemas = 20_000;
const anchors = new WeakMap<JsonObject, ReadonlyMap<string, unknown>>();

/** What a `$ref` within the same document leads to; undefined for anything else. Nothing is ever fetched. */
export function referenced(root: JsonObject, reference: string): unknown {
  const id = ownText(root, "$id");
  const local =
    id !== undefined && id !== "" && reference.startsWith(`${id}#`)
      ? reference.slice(id.length)
      : reference;
  if (local === "#" || local === "") return root;
  if (local.startsWith("#/")) return atPointer(root, local.slice(2));
  return local.startsWith("#") ? anchorsOf(root).get(local.slice(1)) : undefined;
}

function atPointer(root: JsonObject, pointer: string): unknown {
  let at: unknown = root;
  for (const step of pointer.split("/").map(unescaped)) {
    if (Array.isArray(at)) at = /^\d{1,6}$/.test(step) ? at[Number(step)] : undefined;
    else at = isObject(at) ? own(at, step) : undefined;
  }
  return at;
}

function unescaped(step: string): string {
  let text = step;
  try {
    text = decodeURIComponent(step);
  } catch {
    // Not percent-encoded: it is meant as it stands.
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}

function anchorsOf(root: JsonObject): ReadonlyMap<string, unknown> {
  const known = anchors.get(root);
  if (known) return known;
  const found = new Map<string, unknown>();
  const open: unknown[] = [root];
  for (let seen = 0; open.length > 0 && seen < mostSchemas; seen += 1) {
    const node = open.pop();
    if (isObject(node)) {
      for (const key of ["$anchor", "$dynamicAnchor"]) {
        const name = ownText(node, key);
        if (name !== undefined && !found.has(name)) found.set(name, node);
      }
    }
    if (typeof node === "object" && node !== null) open.push(...Object.values(node));
  }
  anchors.set(root, found);
  return found;
}
