import type { Param } from "../../shared/catalogue/manifest";

/** Why a value cannot be this parameter of a connector; undefined where it can. */
export function wrongWith(param: Param, value: string): string | undefined {
  const { pattern, choices, hostSuffixes } = param;
  if (/[\r\n\t\0]/.test(value)) return "holds a line break or tab. Enter it without";
  if (choices && !choices.some((choice) => choice.value === value))
    return `is none of ${choices.map((choice) => choice.value).join(", ")}`;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(value))
    return `does not look like ${askedAs(param)}`;
  if (hostSuffixes && !isHostBelow(value, hostSuffixes))
    return `leads elsewhere. Its host must end in ${hostSuffixes.join(" or ")}`;
  return undefined;
}

function isHostBelow(value: string, suffixes: readonly string[]): boolean {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`);
  if (url === null || url.username !== "" || url.password !== "") return false;
  const host = url.hostname.replace(/\.$/, "");
  return suffixes
    .map((suffix) => suffix.toLowerCase().replace(/^\./, ""))
    .some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}

/** What is asked for, in words. */
export const askedAs = ({ label, example }: Param) =>
  example === undefined ? label : `${label}, such as ${example}`;
