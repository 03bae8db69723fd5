import type { Manifest } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { askedAs, wrongWith } from "../../platform/param-rule";

/**
 * What tells one account of a vendor from another, checked against the manifest as the way to sign in has it, with what
 * has a default filled in. `place` is where they stood in the request (`body.params`). Throws `invalid_input` naming the
 * parameter.
 */
export function checkParams(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  place: string,
): Record<string, string> {
  const { params } = manifest;
  const names = params.map(({ name }) => name);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw badParam(
        `${place}.${name}`,
        names.length === 0
          ? `is nothing ${manifest.name} asks for. Leave it out`
          : `is nothing ${manifest.name} asks for. It takes ${names.join(", ")}`,
      );
  const checked: Record<string, string> = {};
  for (const param of params) {
    const typed = (Object.hasOwn(given, param.name) ? given[param.name] : "")?.trim() ?? "";
    const value = typed === "" ? param.default : typed;
    if (value === undefined) {
      if (param.required && param.source === "user")
        throw badParam(`${place}.${param.name}`, `is needed: ${askedAs(param)}`);
      continue;
    }
    const wrong = value === param.default ? undefined : wrongWith(param, value);
    if (wrong !== undefined) throw badParam(`${place}.${param.name}`, wrong);
    checked[param.name] = value;
  }
  return checked;
}

const badParam = (field: string, words: string) =>
  new HubError("invalid_input", `${field}: ${words}.`, { details: { field } });
