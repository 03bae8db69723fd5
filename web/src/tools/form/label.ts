import { plainLine } from "../../ui/foreign";
import type { Field } from "../schema/field";
import type { Place } from "../values/place";

/** What a field is called: its title, or else its name. */
export const labelOf = (field: Field, name: string): string =>
  field.title === undefined || field.title === "" ? plainLine(name, 120) : field.title;

/** An emptied control: in a list it stays as an empty text, elsewhere it is left out. */
export const emptied = (place: Place): "" | undefined =>
  typeof place.at(-1)?.key === "number" ? "" : undefined;
