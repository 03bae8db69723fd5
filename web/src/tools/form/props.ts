import type { Field } from "../schema/field";
import type { Place } from "../values/place";

export type ArgumentProps = {
  schema: unknown;
  place: Place;
  value: unknown;
  /** What it is called where its schema gives no title. */
  name: string;
  required: boolean;
  depth: number;
  /** Takes it out of the list or the rows it stands in. */
  onRemove?: (() => void) | undefined;
};

/** The props of what shows one kind of field. */
export type FieldProps<Kind extends Field["kind"] = Field["kind"]> = ArgumentProps & {
  field: Extract<Field, { kind: Kind }>;
};
