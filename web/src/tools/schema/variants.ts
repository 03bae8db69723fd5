import { isObject, type JsonObject } from "../../../../shared/json";
import { plainLine } from "../../ui/foreign";
import { flatten } from "./flatten";
import { own, ownList, ownObject, ownText, sameJson } from "./json";
import { typesOf } from "./merge";
import { valueLabel } from "./options";

/** One of the shapes a value can have. `type` names it where the schema gives no better name. */
export type Variant = { schema: unknown; name: string | undefined; type: string | undefined };

const mostVariants = 50;
const words = new Set([
  "title",
  "description",
  "default",
  "examples",
  "$schema",
  "$id",
  "$defs",
  "definitions",
]);

/** The shapes to pick from, where a schema has several: `oneOf`, `anyOf`, or a list of types. */
export function alternativesOf(
  root: JsonObject,
  schema: JsonObject,
): readonly Variant[] | undefined {
  if (onlyRequires(schema)) return undefined;
  for (const key of ["oneOf", "anyOf"]) {
    const branches = ownList(schema, key).slice(0, mostVariants);
    if (branches.length === 0) continue;
    const { [key]: _, ...base } = schema;
    const shared = Object.keys(base).some((name) => !words.has(name));
    return distinct(
      branches.map((branch) => variant(root, shared ? { allOf: [branch, base] } : branch, branch)),
    );
  }
  const types = typesOf(own(schema, "type"));
  if (types.length < 2) return undefined;
  return types.map((type) => ({ schema: { ...schema, type }, name: undefined, type }));
}

/** `anyOf: [{ required: ["a"] }, { required: ["b"] }]` is a rule about one shape. */
export function onlyRequires(schema: JsonObject): boolean {
  const branches = [...ownList(schema, "oneOf"), ...ownList(schema, "anyOf")];
  return (
    branches.length > 0 &&
    branches.every(
      (branch) =>
        isObject(branch) && Object.keys(branch).every((key) => ["required", "not"].includes(key)),
    )
  );
}

function variant(root: JsonObject, schema: unknown, branch: unknown): Variant {
  const flat = flatten(root, branch)?.schema ?? {};
  return { schema, name: nameOf(root, flat), type: typesOf(own(flat, "type"))[0] };
}

function nameOf(root: JsonObject, schema: JsonObject): string | undefined {
  const title = ownText(schema, "title");
  if (title !== undefined && title.trim() !== "") return plainLine(title, 80);
  if (Object.hasOwn(schema, "const")) return valueLabel(schema["const"]);
  const [name, value] = constants(root, schema)[0] ?? [];
  if (name !== undefined) return `${plainLine(name, 40)}: ${valueLabel(value)}`;
  const required = ownList(schema, "required").filter((key) => typeof key === "string");
  const names = required.length > 0 ? required : Object.keys(ownObject(schema, "properties") ?? {});
  return names.length === 0 ? undefined : plainLine(names.slice(0, 3).join(", "), 80);
}

/** The properties whose value is given: they tell variants apart. */
export function constants(root: JsonObject, schema: JsonObject): [name: string, value: unknown][] {
  const properties = ownObject(schema, "properties") ?? {};
  return Object.keys(properties)
    .slice(0, 100)
    .flatMap((name): [string, unknown][] => {
      const property = flatten(root, own(properties, name))?.schema ?? {};
      if (Object.hasOwn(property, "const")) return [[name, property["const"]]];
      const values = ownList(property, "enum");
      return values.length === 1 ? [[name, values[0]]] : [];
    });
}

/** Names that stand for several variants are told apart by a number. */
function distinct(variants: Variant[]): Variant[] {
  return variants.map((one, at) => {
    const same = variants.filter(({ name, type }) => name === one.name && type === one.type);
    if (one.name === undefined || same.length === 1) return one;
    return { ...one, name: `${one.name} (${same.indexOf(variants[at] as Variant) + 1})` };
  });
}

/** The variant a value fits best; the first where none does. */
export function variantFor(root: JsonObject, variants: readonly Variant[], value: unknown): number {
  const scores = variants.map(({ schema }) => score(root, schema, value));
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

function score(root: JsonObject, schema: unknown, value: unknown): number {
  const flat = flatten(root, schema)?.schema;
  if (!flat || value === undefined) return 0;
  if (Object.hasOwn(flat, "const")) return sameJson(flat["const"], value) ? 10 : -10;
  const types = typesOf(own(flat, "type"));
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return -10;
  if (!isObject(value)) return ownList(flat, "enum").some((one) => sameJson(one, value)) ? 5 : 1;
  const told = constants(root, flat).filter(([name]) => Object.hasOwn(value, name));
  const agreed = told.filter(([name, constant]) => sameJson(own(value, name), constant));
  const properties = ownObject(flat, "properties") ?? {};
  const known = Object.keys(value).filter((name) => Object.hasOwn(properties, name)).length;
  const missing = ownList(flat, "required").filter((name) => !Object.hasOwn(value, String(name)));
  return agreed.length * 20 - (told.length - agreed.length) * 20 + known - missing.length;
}

function isOf(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  return type === "object" ? isObject(value) : typeof value === type;
}
