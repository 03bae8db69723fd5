import { canonicalJson } from "../platform/canonical-json";
import { sha256Hex } from "../platform/encoding";

const pinned = ["name", "title", "description", "inputSchema", "outputSchema", "annotations"];

/** What a person accepts when a tool is connected. Key order and what no model reads (icons, `_meta`) do not count. */
export function definitionHash(definition: Record<string, unknown>): Promise<string> {
  const kept = Object.fromEntries(pinned.map((key) => [key, definition[key] ?? null]));
  return sha256Hex(canonicalJson(kept));
}
