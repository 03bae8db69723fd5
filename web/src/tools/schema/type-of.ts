import type { JsonObject } from "../../../../shared/json";
import { own } from "./json";
import { typesOf } from "./merge";

const speaking: [type: string, keywords: string[]][] = [
  ["object", ["properties", "additionalProperties", "patternProperties", "required"]],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]],
  ["string", ["minLength", "maxLength", "pattern", "format", "contentMediaType"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

/** The one type of a schema, said or meant. */
export function typeOf(schema: JsonObject): string | undefined {
  const [type, ...others] = typesOf(own(schema, "type"));
  if (type !== undefined) return others.length === 0 ? type : undefined;
  return speaking.find(([, keywords]) => keywords.some((key) => Object.hasOwn(schema, key)))?.[0];
}
