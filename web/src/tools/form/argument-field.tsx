import { memo, useMemo } from "react";
import { isObject } from "../../../../shared/json";
import { fieldOf, type Field } from "../schema/field";
import { pointerOf } from "../values/place";
import { BooleanControl } from "./boolean-control";
import { ChoiceControl } from "./choice-control";
import { ChoicesGroup } from "./choices-group";
import { useForm } from "./form-context";
import { JsonControl } from "./json-control";
import { ListGroup } from "./list-group";
import { NumberControl } from "./number-control";
import { ObjectGroup } from "./object-group";
import type { ArgumentProps } from "./props";
import { ScalarFrame } from "./scalar-frame";
import { TextControl } from "./text-control";
import { VariantsGroup } from "./variants-group";

/** One argument with all that is below it, as far as it is open. */
export const ArgumentField = memo(function ArgumentField(given: ArgumentProps) {
  const { root } = useForm();
  const { schema, place } = given;
  const field = useMemo(() => fieldOf(root, schema), [root, schema]);
  return (
    <div data-field={pointerOf(place)} className="min-w-0">
      <OneField {...given} field={field} />
    </div>
  );
});

function OneField(props: ArgumentProps & { field: Field }) {
  const { field, value } = props;
  if (!fits(field, value))
    return (
      <ScalarFrame {...props}>
        {(control) => <JsonControl {...props} because="notFitting" control={control} />}
      </ScalarFrame>
    );
  switch (field.kind) {
    case "object":
      return <ObjectGroup {...props} field={field} />;
    case "list":
      return <ListGroup {...props} field={field} />;
    case "choices":
      return <ChoicesGroup {...props} field={field} />;
    case "variants":
      return <VariantsGroup {...props} field={field} />;
    case "text":
      return (
        <ScalarFrame {...props}>
          {(control) => <TextControl {...props} field={field} control={control} />}
        </ScalarFrame>
      );
    case "number":
      return (
        <ScalarFrame {...props}>
          {(control) => <NumberControl {...props} field={field} control={control} />}
        </ScalarFrame>
      );
    case "choice":
      return (
        <ScalarFrame {...props}>
          {(control) => <ChoiceControl {...props} field={field} control={control} />}
        </ScalarFrame>
      );
    case "boolean":
      return (
        <ScalarFrame {...props}>
          {(control) => <BooleanControl {...props} control={control} />}
        </ScalarFrame>
      );
    case "json":
    case "null":
    case "never":
      return (
        <ScalarFrame {...props}>
          {(control) => (
            <JsonControl
              {...props}
              because={field.kind === "json" ? field.because : field.kind}
              control={control}
            />
          )}
        </ScalarFrame>
      );
  }
}

/** Whether the control of a field can show a value without changing it. In a list, `null` stands for what is not there yet. */
function fits(field: Field, value: unknown): boolean {
  if (value === undefined || (value === null && field.nullable)) return true;
  switch (field.kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return value === null || typeof value === "number" || typeof value === "string";
    case "boolean":
      return value === null || typeof value === "boolean";
    case "object":
      return isObject(value);
    case "list":
    case "choices":
      return Array.isArray(value);
    case "choice":
    case "variants":
    case "json":
    case "null":
    case "never":
      return true;
  }
}
