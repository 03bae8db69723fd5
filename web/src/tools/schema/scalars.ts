import type { JsonObject } from "../../../../shared/json";
import { own, ownNumber, ownText } from "./json";
import { typeOf } from "./type-of";

/** Both included. */
export type Bounds = { min: number | undefined; max: number | undefined };

export type Format = "date" | "date-time" | "time" | "email" | "uri" | "uuid" | "password";

export type Text = {
  kind: "text";
  format: Format | undefined;
  multiline: boolean;
  length: Bounds;
  pattern: string | undefined;
  suggestions: readonly string[];
};
export type Numeric = {
  kind: "number";
  integer: boolean;
  range: Bounds;
  above: number | undefined;
  below: number | undefined;
  step: number | undefined;
};
const formats: Record<string, Format> = {
  date: "date",
  "date-time": "date-time",
  time: "time",
  email: "email",
  uri: "uri",
  url: "uri",
  uuid: "uuid",
  password: "password",
};

export function textOf(schema: JsonObject): Text {
  const named = ownText(schema, "format") ?? "";
  const format = Object.hasOwn(formats, named) ? formats[named] : undefined;
  const max = ownNumber(schema, "maxLength");
  return {
    kind: "text",
    format: own(schema, "writeOnly") === true ? "password" : format,
    multiline:
      format === undefined && ((max ?? 0) > 200 || Object.hasOwn(schema, "contentMediaType")),
    length: { min: ownNumber(schema, "minLength"), max },
    pattern: ownText(schema, "pattern"),
    suggestions: [],
  };
}

export function numberOf(schema: JsonObject): Numeric {
  return {
    kind: "number",
    integer: typeOf(schema) === "integer",
    range: { min: ownNumber(schema, "minimum"), max: ownNumber(schema, "maximum") },
    above: ownNumber(schema, "exclusiveMinimum"),
    below: ownNumber(schema, "exclusiveMaximum"),
    step: ownNumber(schema, "multipleOf"),
  };
}
