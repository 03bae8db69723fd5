import type { Tool } from "../../../shared/contracts/tools";
import { isObject, type JsonObject } from "../../../shared/json";

/** Characters that show nothing or turn the reading direction: a change may hide in them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}\u2800]/gu;

const spelled = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** A definition as lines to compare: what is pinned, in one order, with nothing hidden. */
export function definitionLines(definition: JsonObject): string[] {
  const { name, title, description, inputSchema, outputSchema, annotations } = definition;
  const hinted = isObject(annotations) ? annotations["title"] : undefined;
  const pinned = {
    name,
    title: title ?? hinted,
    description,
    inputSchema,
    outputSchema,
    annotations:
      isObject(annotations) && Object.keys(annotations).length === 0 ? null : annotations,
  };
  const kept = Object.entries(pinned).filter(([, value]) => value !== undefined && value !== null);
  return JSON.stringify(
    Object.fromEntries(kept.map(([key, value]) => [key, sorted(value)])),
    null,
    2,
  )
    .split("\n")
    .map((line) => line.replace(unseen, spelled));
}

export const acceptedLines = (tool: Tool): string[] => definitionLines(tool);
export const pendingLines = (tool: Tool): string[] =>
  definitionLines(tool.pending?.definition ?? {});

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const copy = Object.create(null) as JsonObject;
  for (const key of Object.keys(value).toSorted()) copy[key] = sorted(value[key]);
  return copy;
}
