import { Field, Input } from "../ui/field";
import { useMay } from "../shell/use-may";
import { connect as connectWords } from "../words/connect";
import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { HeaderFields } from "../connections/header-fields";
import { AskedField } from "./asked-field";
import { askedParams, takesHeaders, type Draft, type Faults, type Owner } from "./draft";
import { BridgeNote, MethodChoice } from "./method-choice";
import { OwnerChoice } from "./owner-choice";
import type { Refused } from "./refusals";
import { ScopeList } from "./scope-list";

const say = connectWords;

type SetupFieldsProps = {
  connector: Connector;
  method: ConnectorMethod;
  draft: Draft;
  faults: Faults;
  /** Somebody pressed the button: everything that is wrong is told. */
  checked: boolean;
  refused: Refused | undefined;
  /** Whose it may be. */
  owners: readonly Owner[];
  /** A connection that is there keeps its name and whose it is. */
  again: boolean;
  onChange: (draft: Draft) => void;
};

export function SetupFields(props: SetupFieldsProps) {
  const { connector, method, draft, faults, checked, refused, owners, again, onChange } = props;
  const params = askedParams(connector, method.id);
  return (
    <>
      {again ? null : (
        <>
          <OwnerChoice
            owners={owners}
            value={draft.owner}
            onChange={(owner) => onChange({ ...draft, owner })}
          />
          <Field
            label={say.name}
            required
            hint={say.nameHint}
            error={refused?.group === "name" ? refused.message : checked ? faults.name : undefined}
          >
            {(control) => (
              <Input
                {...control}
                name="name"
                value={draft.name}
                onChange={({ target }) => onChange({ ...draft, name: target.value })}
              />
            )}
          </Field>
        </>
      )}
      <MethodChoice
        methods={connector.methods}
        value={method.id}
        onChange={(chosen) => onChange({ ...draft, method: chosen })}
      />
      {params.map((param) => (
        <AskedField
          key={param.name}
          asked={param}
          name={`params.${param.name}`}
          value={draft.params[param.name] ?? ""}
          fault={faults.params[param.name]}
          checked={checked}
          refused={messageFor(refused, "params", param.name)}
          onChange={(value) =>
            onChange({ ...draft, params: { ...draft.params, [param.name]: value } })
          }
        />
      ))}
      {method.executedBy === "bridge" ? <BridgeNote /> : <Access {...props} />}
    </>
  );
}

const messageFor = (refused: Refused | undefined, group: Refused["group"], field: string) =>
  refused?.group === group && refused.field === field ? refused.message : undefined;

/** What the chosen way to sign in asks for. */
function Access({ method, draft, faults, checked, refused, onChange }: SetupFieldsProps) {
  const mayUseSecrets = useMay("secrets.read");
  const typed = draft.fields[method.id] ?? {};
  return (
    <>
      {method.fields.length > 0 ? (
        <fieldset key={method.id} className="flex min-w-0 flex-col gap-4">
          <legend className="mb-1 text-sm font-medium">{say.fields.legend}</legend>
          <p className="-mt-1 text-[0.8125rem] text-muted">
            {say.fields.sealed}{" "}
            {mayUseSecrets ? (
              <>
                {say.fields.secretHint} <code>{"{{secrets.NAME}}"}</code>
              </>
            ) : null}
          </p>
          {method.fields.map((field) => (
            <AskedField
              key={field.name}
              asked={field}
              name={`fields.${field.name}`}
              value={typed[field.name] ?? ""}
              fault={faults.fields[field.name]}
              checked={checked}
              refused={messageFor(refused, "fields", field.name)}
              onChange={(value) =>
                onChange({
                  ...draft,
                  fields: { ...draft.fields, [method.id]: { ...typed, [field.name]: value } },
                })
              }
            />
          ))}
        </fieldset>
      ) : null}
      {takesHeaders(method) ? (
        <HeaderFields
          rows={draft.headers}
          faults={faults.headers}
          tooMany={false}
          checked={checked}
          onChange={(headers) => onChange({ ...draft, headers })}
        />
      ) : null}
      <ScopeList
        key={`${method.id}-scopes`}
        scopes={method.scopes}
        chosen={draft.scopes[method.id] ?? []}
        onChange={(scopes) =>
          onChange({ ...draft, scopes: { ...draft.scopes, [method.id]: scopes } })
        }
      />
    </>
  );
}
