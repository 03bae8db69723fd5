import { useQuery } from "@tanstack/react-query";
import { connectionNamesQuery } from "../connections/queries";
import { CodeBlock } from "../ui/code-block";
import { Field, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { clients as clientWords } from "../words/clients";

const { scope } = clientWords;

/** Everything, or one connection; and the address that follows from it. */
export function ScopeChoice({
  connection,
  onChange,
  address,
  isProgram,
}: {
  connection: string | undefined;
  onChange: (connection: string | undefined) => void;
  address: string;
  isProgram: boolean;
}) {
  const { data, isError } = useQuery(connectionNamesQuery);
  const choices = data?.items ?? [];
  const listed = connection === undefined || choices.some(({ slug }) => slug === connection);
  const hint = connection === undefined ? scope.everythingHint : scope.oneHint;
  const addressLabel = isProgram ? scope.api : scope.endpoint;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h2 className="text-base">{scope.title}</h2>
      <Field
        label={scope.label}
        hint={
          isError
            ? scope.failed
            : `${isProgram ? scope.programHint : hint}${data?.nextCursor ? ` ${scope.more(choices.length)}` : ""}`
        }
      >
        {(control) => (
          <Select
            {...control}
            value={connection ?? ""}
            onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
          >
            <option value="">{scope.everything}</option>
            {listed ? null : <option value={connection}>{connection}</option>}
            {choices.map(({ id, slug, name }) => (
              <option key={id} value={slug}>
                {plainLine(name, 60)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex min-w-0 flex-col gap-1.5">
        <p aria-hidden className="text-sm font-medium">
          {addressLabel}
        </p>
        <CodeBlock code={address} label={addressLabel} />
      </div>
    </div>
  );
}
