import { secrets as secretWords } from "../words/secrets";

const said = secretWords.form;

export type SecretDraft = { name: string; value: string; description: string };
export type SecretFaults = { name?: string; value?: string };

/** What is wrong with what was typed, by field. The hub checks the same again. */
export function faultsOf({ name, value }: Pick<SecretDraft, "name" | "value">): SecretFaults {
  return {
    ...(/^[A-Z][A-Z0-9_]{0,63}$/.test(name) ? {} : { name: said.nameWrong }),
    ...valueFault(value),
  };
}

export function valueFault(value: string): { value?: string } {
  if (value === "") return { value: said.valueMissing };
  return /[\r\n]$/.test(value) ? { value: said.valueBreaks } : {};
}

/** What is typed as a name, as it is meant: `tickets token` is `TICKETS_TOKEN`. */
export const asName = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s.-]+/g, "_")
    .slice(0, 64);

/** A pasted value, or that of a file, without the line break it most often ends with; what is typed stays. */
export const asValue = (text: string, before: string): string =>
  text.length > before.length + 1 ? text.replace(/[\r\n]+$/, "") : text;

export const referenceTo = (name: string): string => `{{secrets.${name}}}`;
