import type { AuthMethod, Field } from "../../../shared/catalogue/manifest";
import { SecretHeaders } from "../../../shared/contracts/connections";
import { HubError } from "../../platform/errors";
import { wrongWithKey } from "./key-text";
import { tokenFields, type SecretRecord } from "./types";

const reference = /\{\{secrets\.[^{}]*\}\}/;

/**
 * What was typed, as it is sealed: what has a default filled in, what is optional and left out as an empty text. `place`
 * is where the fields stood in the request (`body.auth.fields`). Throws `invalid_input` naming the field.
 */
export function checkFields(
  method: AuthMethod,
  fields: Readonly<Record<string, string>>,
  place: string,
): SecretRecord {
  if (method.kind === "headers" && method.fields.length === 0) return checkHeaders(fields, place);
  for (const name of Object.keys(fields))
    if (!method.fields.some((field) => field.name === name))
      throw badField(
        `${place}.${name}`,
        method.fields.length === 0
          ? `is nothing "${method.label}" asks for. Leave it out`
          : `is nothing "${method.label}" asks for. It takes ${method.fields.map((field) => field.name).join(", ")}`,
      );
  const record: SecretRecord = {};
  for (const field of method.fields) {
    const given = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
    const value = given === undefined || given.trim() === "" ? (field.default ?? "") : given;
    if (value === "" && field.required) throw badField(`${place}.${field.name}`, needed(field));
    const wrong =
      value === "" || value === field.default ? undefined : wrongWith(method, field, value);
    if (wrong !== undefined) throw badField(`${place}.${field.name}`, wrong);
    record[field.name] = value;
  }
  return record;
}

/** The names of what somebody typed, without the token that came of it. */
export function typedNames(method: AuthMethod, record: SecretRecord): string[] {
  const declared = new Set(method.fields.map(({ name }) => name));
  const ofToken = new Set<string>(method.kind === "headers" ? [] : tokenFields);
  return Object.keys(record).filter(
    (name) => record[name] !== "" && (declared.has(name) || !ofToken.has(name)),
  );
}

function checkHeaders(fields: Readonly<Record<string, string>>, place: string): SecretRecord {
  const parsed = SecretHeaders.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // Of a key the library says what is wrong one level down.
  const message = (issue?.code === "invalid_key" && issue.issues[0]?.message) || issue?.message;
  throw badField([place, ...(issue?.path ?? [])].join("."), message ?? "is not valid");
}

/** Why a value cannot be this field; undefined where it can. Where a secret's name stands in it, its value decides. */
function wrongWith(method: AuthMethod, field: Field, value: string): string | undefined {
  if (field.input !== "multiline") {
    const wrong = wrongWithLine(value);
    if (wrong !== undefined) return wrong;
  }
  if (reference.test(value)) return undefined;
  if (field.choices && !field.choices.some((choice) => choice.value === value))
    return `is none of ${field.choices.map((choice) => choice.value).join(", ")}`;
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`, "u").test(value))
    return `does not look like ${field.label}${field.example === undefined ? "" : `, such as ${field.example}`}`;
  if (method.kind === "basic" && field === method.fields[0] && value.includes(":"))
    return "holds a colon, which Basic authentication cannot send in a name";
  if (goesBare(method, field.name)) {
    if (/^\s|\s$/.test(value)) return "begins or ends with a space; paste it without";
    if (!/^[\t\x20-\x7e]+$/.test(value))
      return "holds characters outside ASCII, which a header cannot carry. Copy it again";
  }
  return field.input === "multiline" ? wrongWithKey(method, field, value) : undefined;
}

function wrongWithLine(value: string): string | undefined {
  if (/[\r\n]+$/.test(value)) return "ends with a line break; paste it without";
  if (/[\r\n]/.test(value)) return "holds a line break; paste it in one line";
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(value)) return "holds a control character. Copy it again";
  return undefined;
}

/** Whether a header carries the field as it is, in no encoding. */
function goesBare(method: AuthMethod, name: string): boolean {
  if (method.kind === "bearer" && method.present.length === 0)
    return name === method.fields[0]?.name;
  return method.present.some(
    (placement) =>
      placement.in === "header" &&
      new RegExp(`\\{secret\\.${name}(\\}|\\|(?!.*(base64|base64url|url)[|}:]))`).test(
        placement.template,
      ),
  );
}

const needed = (field: Field) =>
  `is needed: ${field.label}${field.where === undefined ? "" : `. Find it here: ${field.where.text}`}`;

const badField = (field: string, words: string) =>
  new HubError("invalid_input", `${field}: ${words}.`, { details: { field } });
