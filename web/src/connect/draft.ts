import type { Connection } from "../../../shared/contracts/connections";
import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { headerFaults, nameFault, type Fault, type HeaderFaults } from "../connections/checks";
import { newRow, type HeaderRow } from "../connections/header-rows";
import { choiceFault, valueFault } from "./checks";

export type Owner = "team" | "person";
export type Values = Record<string, string>;

/** A connection to a vendor as it is typed. What was typed for one way to sign in stays while another is looked at. */
export type Draft = {
  owner: Owner;
  name: string;
  params: Values;
  method: string;
  fields: Record<string, Values>;
  /** Where the way to sign in is headers that whoever connects names. */
  headers: HeaderRow[];
  scopes: Record<string, readonly string[]>;
};

/** What whoever signs in this way is asked for: the rest the vendor says itself. */
export const askedParams = ({ params }: Connector, method: string) =>
  params.filter(
    ({ source, methods }) =>
      source === "user" && (methods === undefined || methods.includes(method)),
  );

const defaults = (fields: readonly { name: string; default?: string | undefined }[]): Values =>
  Object.fromEntries(fields.map((field) => [field.name, field.default ?? ""]));

export function startDraft(
  connector: Connector,
  { name, owner }: { name: string; owner: Owner },
): Draft {
  const { methods, params } = connector;
  return {
    owner,
    name,
    params: defaults(params.filter(({ source }) => source === "user")),
    method: (methods.find(({ executedBy }) => executedBy === "edge") ?? methods[0])?.id ?? "",
    fields: Object.fromEntries(methods.map(({ id, fields }) => [id, defaults(fields)])),
    headers: [newRow("header")],
    scopes: Object.fromEntries(
      methods.map(({ id, scopes }) => [
        id,
        scopes.filter((one) => one.required || one.default).map(({ scope }) => scope),
      ]),
    ),
  };
}

/** The same for a connection that is there: as it was, but for what is sealed. */
export function draftOf(connector: Connector, connection: Connection): Draft {
  const { name, owner, params, auth } = connection;
  const start = startDraft(connector, { name, owner: owner.kind });
  const known = connector.methods.find(({ id }) => id === auth.method);
  const before = new Set([...auth.scopes, ...auth.missingScopes]);
  const asked = known?.scopes.filter(({ scope, required }) => required || before.has(scope)) ?? [];
  return {
    ...start,
    params: { ...start.params, ...pick(params, Object.keys(start.params)) },
    ...(known
      ? {
          method: known.id,
          scopes:
            before.size === 0
              ? start.scopes
              : { ...start.scopes, [known.id]: asked.map(({ scope }) => scope) },
        }
      : {}),
  };
}

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const methodOf = ({ methods }: Connector, { method }: Draft): ConnectorMethod | undefined =>
  methods.find(({ id }) => id === method) ?? methods[0];

/** Whether people sign in through an app that nobody has registered yet. */
export const needsApp = (method: ConnectorMethod | undefined): boolean =>
  method?.app?.configured === null;

/** Whether it is signed in to by headers that whoever connects names. */
export const takesHeaders = (method: ConnectorMethod | undefined): boolean =>
  method?.kind === "headers" && method.fields.length === 0;

export type Faults = {
  name: Fault;
  params: Record<string, string>;
  fields: Record<string, string>;
  headers: Record<number, HeaderFaults>;
};

/** `anew`: a connection that is there keeps its name. */
export function faultsOf(connector: Connector, draft: Draft, anew = false): Faults {
  const method = methodOf(connector, draft);
  const typed = draft.fields[draft.method] ?? {};
  return {
    name: anew ? undefined : nameFault(draft.name),
    params: faulty(askedParams(connector, draft.method), draft.params, 500),
    fields: faulty(method?.fields ?? [], typed, 20_000),
    headers: takesHeaders(method) ? faultyHeaders(draft.headers) : {},
  };
}

const faultyHeaders = (rows: readonly HeaderRow[]): Record<number, HeaderFaults> =>
  Object.fromEntries(
    rows
      .map((row) => [row.id, headerFaults(row, rows)] as const)
      .filter(([, faults]) => Object.keys(faults).length > 0),
  );

type Asked = Parameters<typeof valueFault>[0] & {
  name: string;
  choices?: readonly { value: string }[] | undefined;
};
const faulty = (asked: readonly Asked[], typed: Values, longest: number): Record<string, string> =>
  Object.fromEntries(
    asked.flatMap((one) => {
      const value = typed[one.name] ?? "";
      const fault = one.choices ? choiceFault(one, value) : valueFault(one, value, longest);
      return fault === undefined ? [] : [[one.name, fault]];
    }),
  );

export const isSound = ({ name, params, fields, headers }: Faults): boolean =>
  !name && [params, fields, headers].every((faults) => Object.keys(faults).length === 0);

/** "Shopify", or "Shopify 2" where there is one. */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken);
  for (let n = 1; n < 1000; n++) {
    const one = n === 1 ? name : `${name} ${n}`;
    if (!known.has(one)) return one;
  }
  return name;
}
