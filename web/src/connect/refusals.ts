import { ApiError } from "../client";

/** The field of the form a refusal is about. */
export type Refused = {
  group: "name" | "params" | "fields" | "url";
  field: string;
  message: string;
};

/** Where a refusal names a field of the form: `body.name`, `body.params.shop`, `body.auth.fields.apiKey`. */
export function refusedField(error: unknown): Refused | undefined {
  const field = error instanceof ApiError ? error.details["field"] : undefined;
  if (!(error instanceof ApiError) || typeof field !== "string") return undefined;
  const message = inWords(error.message);
  const [, group, name = ""] = /(?:^|\.)(params|fields)\.([^.]+)$/.exec(field) ?? [];
  if (group === "params" || group === "fields") return { group, field: name, message };
  if (/(^|\.)url$/.test(field)) return { group: "url", field: "url", message };
  return /(^|\.)name$/.test(field) ? { group: "name", field: "name", message } : undefined;
}

/** `body.params.shop: is needed: …` stands at its field already: "It is needed: …". */
const inWords = (message: string): string => message.replace(/^[\w.-]+: (?=[a-z])/, "It ");
