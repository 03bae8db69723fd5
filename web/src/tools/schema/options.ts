import { isObject, type JsonObject } from "../../../../shared/json";
import { plainLine } from "../../ui/foreign";
import { own, ownList, ownText } from "./json";

/** One of the values a field can have. */
export type Option = { value: unknown; label: string; description: string | undefined };

/** The values to choose from, where a schema names them all: `const`, `enum`, or `oneOf` of constants with titles. */
export function optionsOf(schema: JsonObject): readonly Option[] | undefined {
  if (Object.hasOwn(schema, "const")) return [option(schema["const"], schema)];
  const values = ownList(schema, "enum");
  const names = ownList(schema, "enumNames");
  if (values.length > 0) return values.map((value, at) => option(value, { title: names[at] }));
  const branches = branchesOf(schema);
  if (branches.length === 0 || !branches.every((branch) => Object.hasOwn(branch, "const")))
    return undefined;
  return branches.map((branch) => option(branch["const"], branch));
}

/** The values a text is likely to have, where a schema names some and takes any other text too. */
export function suggestionsOf(schema: JsonObject): readonly string[] | undefined {
  const branches = branchesOf(schema);
  const free = branches.filter((branch) => own(branch, "type") === "string" && !isNamed(branch));
  if (free.length === 0) return undefined;
  const named = branches.filter((branch) => !free.includes(branch));
  if (named.length === 0 || !named.every(isNamed)) return undefined;
  const values = named.flatMap((branch) => (optionsOf(branch) ?? []).map(({ value }) => value));
  return values.every((value) => typeof value === "string") ? values : undefined;
}

const isNamed = (branch: JsonObject): boolean =>
  Object.hasOwn(branch, "enum") || Object.hasOwn(branch, "const");

/** Empty unless all of them are objects. */
function branchesOf(schema: JsonObject): JsonObject[] {
  const [one, any] = [ownList(schema, "oneOf"), ownList(schema, "anyOf")];
  const branches = one.length > 0 ? one : any;
  return branches.every(isObject) ? [...branches] : [];
}

function option(value: unknown, about: JsonObject): Option {
  const title = ownText(about, "title");
  const description = ownText(about, "description");
  return {
    value,
    label: plainLine(title ?? valueLabel(value), 120),
    description: description === undefined ? undefined : plainLine(description, 300),
  };
}

/** A value on one line. */
export function valueLabel(value: unknown): string {
  if (typeof value === "string") return value === "" ? "“”" : plainLine(value, 120);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value) ? value.length > 20 : Object.keys(value).length > 20)
    return Array.isArray(value) ? "[ … ]" : "{ … }";
  return plainLine(JSON.stringify(value) ?? "", 120);
}
