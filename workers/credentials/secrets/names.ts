import { tokenFields, type SecretRecord } from "../auth/types";

const named = /\{\{secrets\.([^{}]*)\}\}/g;
const begins = "{{secrets.";
const fromVendor: ReadonlySet<string> = new Set(tokenFields);

/** Only what a person typed can name a secret: what a vendor sends is what it is, whatever it looks like. */
const typed = (record: SecretRecord) =>
  Object.entries(record).filter(
    ([field, value]) => !fromVendor.has(field) && value.includes(begins),
  );

/** The names of the team's secrets that stand in these fields as `{{secrets.NAME}}`, each once. */
export function secretNamesIn(record: SecretRecord): string[] {
  const names = typed(record).flatMap(([, value]) =>
    [...value.matchAll(named)].map(([, name = ""]) => name),
  );
  return [...new Set(names)];
}

/** The fields with values in the place of names. What a value holds is not looked at again. */
export function withSecrets(
  record: SecretRecord,
  values: ReadonlyMap<string, string>,
): SecretRecord {
  const filled = typed(record).map(([field, value]) => [
    field,
    value.replace(named, (whole, name: string) => values.get(name) ?? whole),
  ]);
  return { ...record, ...(Object.fromEntries(filled) as SecretRecord) };
}
