import type { JsonObject } from "../../../../shared/json";
import type { Bounds } from "./scalars";
import { flatten } from "./flatten";
import { own, ownList, ownNumber } from "./json";
import { optionsOf, type Option } from "./options";

export type Choices = { kind: "choices"; options: readonly Option[]; items: Bounds };
export type List = {
  kind: "list";
  places: readonly unknown[];
  /** The schema of the items after `places`; false where none may follow. */
  item: unknown;
  items: Bounds;
  unique: boolean;
};
const mostBoxes = 40;
const mostPlaces = 100;

export function listOf(root: JsonObject, schema: JsonObject): List | Choices {
  const given = own(schema, "items");
  // Before 2020-12 a list under `items` was what `prefixItems` is now.
  const places = Array.isArray(given) ? given : ownList(schema, "prefixItems");
  const item = (Array.isArray(given) ? own(schema, "additionalItems") : given) ?? true;
  const items = { min: ownNumber(schema, "minItems"), max: ownNumber(schema, "maxItems") };
  const unique = own(schema, "uniqueItems") === true;
  const options =
    unique && places.length === 0 ? optionsOf(flatten(root, item)?.schema ?? {}) : undefined;
  if (options && options.length <= mostBoxes) return { kind: "choices", options, items };
  return { kind: "list", places: places.slice(0, mostPlaces), item, items, unique };
}
