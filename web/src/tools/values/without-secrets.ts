import type { JsonObject } from "../../../../shared/json";
import { fieldOf, type Field } from "../schema/field";
import { variantFor } from "../schema/variants";
import { itemSchema } from "./start-value";

const secretName =
  /pass(word|wd|phrase|code)|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credential|authorization|^auth$|bearer|cookie|^pin$|^otp$/i;
const deepest = 60;

/** What may be kept in the browser: the arguments without what looks secret by its schema or its name. */
export function withoutSecrets(root: JsonObject, schema: unknown, value: unknown): unknown {
  return strip(root, schema, value, 0);
}

function strip(root: JsonObject, schema: unknown, value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return undefined;
  const field = shownFor(root, schema, value);
  if (Array.isArray(value))
    return value.flatMap((item, at) => {
      const of = field.kind === "list" ? itemSchema(field, at) : true;
      const kept = isSecret(root, of, "", item) ? undefined : strip(root, of, item, depth + 1);
      return kept === undefined ? [] : [kept];
    });
  const kept = Object.entries(value).flatMap(([name, child]): [string, unknown][] => {
    const of = schemaOf(field, name);
    if (isSecret(root, of, name, child)) return [];
    const rest = strip(root, of, child, depth + 1);
    return rest === undefined ? [] : [[name, rest]];
  });
  return Object.fromEntries(kept);
}

function isSecret(root: JsonObject, schema: unknown, name: string, value: unknown): boolean {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return false;
  const field = fieldOf(root, schema);
  return secretName.test(name) || (field.kind === "text" && field.format === "password");
}

/** The field as it is shown for a value: of several variants the one that fits. */
function shownFor(root: JsonObject, schema: unknown, value: unknown): Field {
  let field = fieldOf(root, schema);
  for (let count = 0; field.kind === "variants" && count < 10; count += 1) {
    const variant = field.variants[variantFor(root, field.variants, value)];
    field = fieldOf(root, variant?.schema ?? true);
  }
  return field;
}

function schemaOf(field: Field, name: string): unknown {
  if (field.kind !== "object") return true;
  const property = field.properties.find((one) => one.name === name);
  return property ? property.schema : field.rows.schema;
}
