import { isObject, type JsonObject } from "../../../../shared/json";
import { plainLine } from "../../ui/foreign";
import { plainText } from "../../ui/plain-text";
import { flatten, type Unshown } from "./flatten";
import { own, ownList, ownText } from "./json";
import { listOf, type Choices, type List } from "./lists";
import { typesOf } from "./merge";
import { optionsOf, suggestionsOf, type Option } from "./options";
import { shapeOf, type Rows, type Property } from "./properties";
import { numberOf, textOf, type Numeric, type Text } from "./scalars";
import { typeOf } from "./type-of";
import { alternativesOf, onlyRequires, type Variant } from "./variants";

/** What a schema says of a value in words, all of it text from outside made harmless. */
export type About = {
  title: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  readOnly: boolean;
  nullable: boolean;
  default: unknown;
  examples: readonly unknown[];
  /** Rules that hold as well and that the form does not show. */
  unshown: readonly Unshown[];
};

export type Choice = { kind: "choice"; options: readonly Option[] };
export type Group = { kind: "object"; properties: readonly Property[]; rows: Rows };
export type Variants = { kind: "variants"; variants: readonly Variant[] };
/** Shown as raw JSON, and why. */
export type Raw = { kind: "json"; because: "anything" | "rules" | "reference" };
export type Simple = { kind: "boolean" } | { kind: "null" } | { kind: "never" };

export type Field = About &
  (Text | Numeric | Choice | Choices | List | Group | Variants | Raw | Simple);

/** One level of a form. Nothing below it is looked at, so what is never shown costs nothing, cyclic or large. */
export function fieldOf(root: JsonObject, schema: unknown): Field {
  const flat = flatten(root, schema);
  if (!flat) return { ...aboutOf({}, []), kind: "never" };
  const { nullable, schema: core } = withoutNull(flat.schema);
  const outer = aboutOf(core, flat.unshown);
  const field = kindOf(root, core, outer);
  return nullable && field.kind !== "null" ? { ...field, nullable: true } : field;
}

function aboutOf(schema: JsonObject, unshown: readonly Unshown[]): About {
  const title = ownText(schema, "title");
  const description = ownText(schema, "description");
  const examples = ownList(schema, "examples");
  return {
    title: title === undefined ? undefined : plainLine(title, 120),
    description: description === undefined ? undefined : plainText(description, 4000),
    deprecated: own(schema, "deprecated") === true,
    readOnly: own(schema, "readOnly") === true,
    nullable: own(schema, "nullable") === true,
    default: own(schema, "default"),
    examples: (Object.hasOwn(schema, "example") ? [schema["example"]] : examples).slice(0, 3),
    unshown,
  };
}

/** `null` beside other types is a property of the field and no type of its own. */
function withoutNull(schema: JsonObject): { schema: JsonObject; nullable: boolean } {
  const types = typesOf(own(schema, "type"));
  if (types.length > 1 && types.includes("null")) {
    const rest = types.filter((type) => type !== "null");
    const values = ownList(schema, "enum");
    return {
      nullable: true,
      schema: {
        ...schema,
        type: rest.length === 1 ? rest[0] : rest,
        ...(values.length > 0 ? { enum: values.filter((value) => value !== null) } : {}),
      },
    };
  }
  for (const key of ["anyOf", "oneOf"]) {
    const branches = ownList(schema, key);
    const rest = branches.filter((branch) => !isNull(branch));
    if (rest.length === branches.length || rest.length === 0) continue;
    const { [key]: _, ...outer } = schema;
    return {
      nullable: true,
      schema: rest.length === 1 ? { allOf: [outer, ...rest] } : { ...outer, [key]: rest },
    };
  }
  return { schema, nullable: false };
}

const isNull = (schema: unknown): boolean =>
  isObject(schema) && (own(schema, "type") === "null" || own(schema, "const") === null);

function kindOf(root: JsonObject, given: JsonObject, outer: About): Field {
  // Taking a lone branch out of `anyOf: [X, null]` leaves an `allOf` to be merged once more.
  const again = Object.hasOwn(given, "allOf") ? flatten(root, given) : undefined;
  const schema = again?.schema ?? given;
  const about = again ? aboutOf(schema, [...outer.unshown, ...again.unshown]) : outer;
  if (about.unshown.includes("reference") && !typeOf(schema))
    return { ...about, kind: "json", because: "reference" };
  const options = optionsOf(schema);
  if (options) return { ...about, kind: "choice", options };
  const suggestions = suggestionsOf(schema);
  if (suggestions) return { ...about, ...textOf(schema), suggestions };
  const variants = alternativesOf(root, schema);
  if (variants) return { ...about, kind: "variants", variants };
  const alone = onlyRequires(schema) ? [...about.unshown, "choice" as const] : about.unshown;
  return { ...about, unshown: [...new Set(alone)], ...simpleOf(root, schema, about) };
}

function simpleOf(root: JsonObject, schema: JsonObject, about: About) {
  switch (typeOf(schema)) {
    case "string":
      return textOf(schema);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return { kind: "boolean" } as const;
    case "null":
      return { kind: "null" } as const;
    case "array":
      return listOf(root, schema);
    case "object":
      return { kind: "object", ...shapeOf(schema) } as const;
    case undefined:
    default:
      return { kind: "json", because: about.unshown.length > 0 ? "rules" : "anything" } as const;
  }
}
