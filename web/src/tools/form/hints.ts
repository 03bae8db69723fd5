import { plainLine } from "../../ui/foreign";
import { words } from "../../words";
import type { Field } from "../schema/field";
import { valueLabel } from "../schema/options";

const { hints, formats, types } = words.playground;

/** What holds here, in a few words: "3 to 80 characters · Unless told: a". */
export function hintsOf(field: Field): string[] {
  const all = [
    ...limitHints(field),
    field.readOnly ? hints.readOnly : undefined,
    field.default === undefined ? undefined : hints.default(valueLabel(field.default)),
    field.examples.length === 0
      ? undefined
      : hints.example(field.examples.map(valueLabel).join(", ")),
  ];
  return all.filter((hint) => hint !== undefined);
}

/** What kind of value is wanted. */
export function kindOf(field: Field): string | undefined {
  if (field.kind === "text" && field.format) return formats[field.format];
  if (field.kind === "number" && field.integer) return types["integer"];
  return types[field.kind];
}

function limitHints(field: Field): (string | undefined)[] {
  switch (field.kind) {
    case "text":
      return [
        hints.length(field.length),
        field.pattern === undefined ? undefined : hints.pattern(plainLine(field.pattern, 80)),
      ];
    case "number":
      return [
        hints.range(field.range),
        field.above === undefined ? undefined : hints.above(field.above),
        field.below === undefined ? undefined : hints.below(field.below),
        field.step === undefined ? undefined : hints.step(field.step),
      ];
    case "list":
      return [hints.items(field.items), field.unique ? hints.unique : undefined];
    case "choices":
      return [hints.items(field.items)];
    case "object":
      return field.rows.pattern === undefined
        ? []
        : [hints.names(plainLine(field.rows.pattern, 80))];
    case "boolean":
    case "choice":
    case "variants":
    case "json":
    case "null":
    case "never":
      return [];
  }
}
