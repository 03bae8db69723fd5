/** One secret header as it is typed. A bearer row takes the token alone. */
export type HeaderRow = { id: number; kind: "header" | "bearer"; name: string; value: string };

let rows = 0;
export const newRow = (kind: HeaderRow["kind"], name = "", value = ""): HeaderRow => ({
  id: (rows += 1),
  kind,
  name: kind === "bearer" ? "Authorization" : name,
  value,
});

const bearer = /^bearer(\s+|$)/i;

/** A row for a header that is known already, such as one of a pasted configuration. */
export const rowFor = (name: string, value: string): HeaderRow =>
  name.toLowerCase() === "authorization" && bearer.test(value)
    ? newRow("bearer", name, value.replace(bearer, ""))
    : newRow("header", name, value);

/** What is sent for a row. A token that was pasted with its `Bearer` is not given a second one. */
export function headerOf({ kind, name, value }: HeaderRow): [name: string, value: string] {
  if (kind === "header") return [name.trim(), value];
  const token = value.trim().replace(bearer, "");
  return ["Authorization", token === "" ? "" : `Bearer ${token}`];
}

export const headersOf = (rows: readonly HeaderRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(headerOf));
