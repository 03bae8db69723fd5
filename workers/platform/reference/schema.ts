/** A JSON Schema as the page tells of it: one line a field, and a value that could be sent or come back. */
import type { Schema } from "./document";

export type Field =
  | {
      kind: "field";
      path: string;
      type: string;
      required: boolean;
      description: string;
      rules: string[];
    }
  /** From here on the fields of another variant. */
  | { kind: "variant"; title: string };

export type Schemas = Record<string, Schema>;

const maxDepth = 6;

function resolve(schema: Schema, schemas: Schemas): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  const target = name === undefined ? undefined : schemas[name];
  return target === undefined
    ? schema
    : { ...target, ...(schema.description ? { description: schema.description } : {}) };
}

/** Every field a value of the schema can have, nested ones as `config.url` and `items[].id`. */
export function fieldsOf(schema: Schema, schemas: Schemas): Field[] {
  return inside(schema, { path: "", depth: 0, schemas });
}

type Place = { path: string; depth: number; schemas: Schemas };

function inside(given: Schema, { path, depth, schemas }: Place): Field[] {
  const schema = resolve(given, schemas);
  if (depth > maxDepth) return [];
  const deeper = (child: Schema, at: string) =>
    inside(child, { path: at, depth: depth + 1, schemas });
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]): Field[] => {
    const at = path === "" ? name : `${path}.${name}`;
    const known = resolve(property, schemas);
    return [
      {
        kind: "field",
        path: at,
        type: typeOf(known, schemas),
        required: schema.required?.includes(name) ?? false,
        description: known.description ?? "",
        rules: rulesOf(known),
      },
      ...deeper(known, at),
    ];
  });
  if (schema.items) fields.push(...deeper(schema.items, `${path}[]`));
  for (const part of schema.allOf ?? []) fields.push(...deeper(part, path));
  const variants = (schema.oneOf ?? schema.anyOf ?? []).map((variant) => resolve(variant, schemas));
  const told = variants.filter(({ properties }) => properties !== undefined);
  for (const [index, variant] of told.entries()) {
    if (told.length > 1) fields.push({ kind: "variant", title: index === 0 ? "Either" : "Or" });
    fields.push(...deeper(variant, path));
  }
  return fields;
}

export function typeOf(given: Schema, schemas: Schemas): string {
  const schema = resolve(given, schemas);
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants)
    return [...new Set(variants.map((variant) => typeOf(variant, schemas)))].join(" or ");
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return schema.properties ? "object" : "any";
  return types.map((type) => oneType(type, schema, schemas)).join(" or ");
}

function oneType(type: string, schema: Schema, schemas: Schemas): string {
  if (type === "array" && schema.items) return `array of ${typeOf(schema.items, schemas)}`;
  const { additionalProperties: values } = schema;
  if (type === "object" && schema.properties === undefined && typeof values === "object") {
    const value = typeOf(values, schemas);
    return value === "any" ? "object" : `object of ${value} values`;
  }
  return type;
}

export function rulesOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum } = schema;
  const rules: string[] = [];
  if (schema.const !== undefined) rules.push(`Always \`${JSON.stringify(schema.const)}\``);
  const values = (schema.enum ?? [])
    .filter((value) => value !== null)
    .map((value) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``);
  if (values.length === 1) rules.push(`Always ${values[0]}`);
  if (values.length > 1) rules.push(`One of ${values.join(", ")}`);
  const length = rangeOf(minLength, maxLength);
  if (length !== undefined) rules.push(`${length} characters`);
  const range = rangeOf(minimum, maximum);
  if (range !== undefined) rules.push(range);
  if (schema.default !== undefined) rules.push(`Default: \`${JSON.stringify(schema.default)}\``);
  return rules;
}

function rangeOf(min: number | undefined, max: number | undefined): string | undefined {
  if (min === undefined) return max === undefined ? undefined : `At most ${max}`;
  if (max === undefined) return `At least ${min}`;
  return min === max ? String(min) : `${min} to ${max}`;
}

/** A value that fits the schema. `sparse` leaves out what need not be there, unless the schema gives an example of it. */
export function exampleOf(
  given: Schema,
  { schemas, sparse, depth = 0 }: { schemas: Schemas; sparse: boolean; depth?: number },
): unknown {
  if (depth > maxDepth) return null;
  const schema = resolve(given, schemas);
  const [first] = schema.examples ?? [];
  for (const value of [schema.example, first, schema.const, schema.default])
    if (value !== undefined) return value;
  if (schema.enum && schema.enum.length > 0) return schema.enum[0];
  const inner = { schemas, sparse, depth: depth + 1 };
  const variant = fullest(schema.oneOf ?? schema.anyOf ?? [], schemas);
  if (variant) return exampleOf(variant, inner);
  const [type = "null"] = [schema.type ?? []].flat();
  if (type === "array") return schema.items ? [exampleOf(schema.items, inner)] : [];
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(
          ([name, child]) =>
            !sparse || schema.required?.includes(name) || hasExample(child, { schemas }),
        )
        .map(([name, child]) => [name, exampleOf(child, inner)]),
    );
  switch (type) {
    case "string":
      return schema.format === "uri" ? "https://example.com" : "…";
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    case "object":
      return {};
    default:
      return null;
  }
}

function fullest(variants: readonly Schema[], schemas: Schemas): Schema | undefined {
  const size = (variant: Schema) => Object.keys(resolve(variant, schemas).properties ?? {}).length;
  return variants.toSorted((a, b) => size(b) - size(a))[0];
}

function hasExample(
  given: Schema,
  { schemas, depth = 0 }: { schemas: Schemas; depth?: number },
): boolean {
  if (depth > maxDepth) return false;
  const schema = resolve(given, schemas);
  if (schema.example !== undefined || schema.examples !== undefined) return true;
  return Object.values(schema.properties ?? {}).some((child) =>
    hasExample(child, { schemas, depth: depth + 1 }),
  );
}
