import { useMemo } from "react";
import type { JsonObject } from "../../../../shared/json";
import { words } from "../../words";
import { fieldOf } from "../schema/field";
import type { Faults } from "../values/faults";
import type { Place } from "../values/place";
import { ArgumentField } from "./argument-field";
import { Form, FormFaults, type FormContext } from "./form-context";
import { ObjectFields } from "./object-fields";
import { Picked } from "./variants-group";

const start: Place = [];

/** The arguments of a tool as a form. Its parts are made when they are opened. */
export function ArgumentsForm({
  schema,
  args,
  faults,
  edit,
  report,
}: { schema: JsonObject; args: JsonObject; faults: Faults } & Pick<
  FormContext,
  "edit" | "report"
>) {
  const context = useMemo(
    () => ({ root: schema, edit, report, Argument: ArgumentField }),
    [schema, edit, report],
  );
  const field = useMemo(() => fieldOf(schema, schema), [schema]);
  const isEmpty =
    field.kind === "object" &&
    field.properties.length === 0 &&
    !field.rows.open &&
    Object.keys(args).length === 0;
  return (
    <Form value={context}>
      <FormFaults value={faults}>
        <div className="flex min-w-0 flex-col gap-5">
          {isEmpty ? <p className="text-muted">{words.playground.form.noArguments}</p> : null}
          {field.kind === "object" ? (
            <ObjectFields field={field} place={start} value={args} depth={0} />
          ) : field.kind === "variants" ? (
            <Picked
              schema={schema}
              field={field}
              place={start}
              value={args}
              name=""
              required
              depth={0}
            />
          ) : (
            <ArgumentField
              schema={schema}
              place={start}
              value={args}
              name={words.playground.tabs.label}
              required
              depth={0}
            />
          )}
          {field.unshown.length > 0 ? (
            <p className="text-[0.8125rem] text-muted">{words.playground.raw.unshown}</p>
          ) : null}
        </div>
      </FormFaults>
    </Form>
  );
}
