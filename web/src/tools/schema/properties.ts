import { isObject, type JsonObject } from "../../../../shared/json";
import { own, ownList, ownObject } from "./json";

export type Property = { name: string; schema: unknown; required: boolean };

/**
 * The fields of an object beyond its named ones. `open`: the schema invites them; where it does not, only what a value
 * brings along is shown. `pattern`: what their names look like, in the schema's own words.
 */
export type Rows = { open: boolean; schema: unknown; pattern: string | undefined; odd: boolean };

export function shapeOf(schema: JsonObject): { properties: readonly Property[]; rows: Rows } {
  const named = ownObject(schema, "properties") ?? {};
  const required = new Set(ownList(schema, "required"));
  const properties = Object.keys(named).map((name) => ({
    name,
    schema: own(named, name),
    required: required.has(name),
  }));
  for (const name of required)
    if (typeof name === "string" && !Object.hasOwn(named, name))
      properties.push({ name, schema: true, required: true });
  return { properties, rows: rowsOf(schema) };
}

function rowsOf(schema: JsonObject): Rows {
  const patterns = Object.entries(ownObject(schema, "patternProperties") ?? {});
  const rest = own(schema, "additionalProperties") ?? own(schema, "unevaluatedProperties");
  const [only, ...others] = patterns;
  if (only && others.length === 0 && !isObject(rest))
    return { open: true, schema: only[1], pattern: only[0], odd: false };
  // Which of several patterns a name fits would take running them: such rows are raw JSON.
  if (only) return { open: true, schema: true, pattern: undefined, odd: true };
  if (rest === false) return { open: false, schema: true, pattern: undefined, odd: false };
  return { open: rest !== undefined, schema: rest ?? true, pattern: undefined, odd: false };
}
