import { fromBase64Url, toBase64, toBase64Url, utf8 } from "./encoding";
import { HubError } from "./errors";

/** What placeholders stand for: `{shop}` of `params`, `{secret.x}`, `{app.x}`, and anything else by its whole name. */
export type TemplateValues = {
  params?: Readonly<Record<string, string>>;
  secret?: Readonly<Record<string, string>>;
  app?: Readonly<Record<string, string>>;
  /** `{token}`, `{jwt}`, `{thumbprint}`, … */
  extra?: Readonly<Record<string, string>>;
};

const placeholder = /\{([A-Za-z][\w.]*)((?:\|[^{}|]+)*)\}/g;

/**
 * Fills a manifest's template (see shared/catalogue/manifest.ts). Throws `invalid_input` for a value that is not there:
 * something was left out that the connector needs.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(placeholder, (_, name: string, filters: string) =>
    filters.split("|").slice(1).reduce(applyFilter, valueOf(name, values)),
  );
}

/** Headers, a query or a form. What comes out empty is left out. */
export const fillAll = (
  templates: Readonly<Record<string, string>>,
  values: TemplateValues,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(templates)
      .map(([name, template]) => [name, fillTemplate(template, values)] as const)
      .filter(([, value]) => value !== ""),
  );

function valueOf(name: string, { params, secret, app, extra }: TemplateValues): string {
  const dot = name.indexOf(".");
  const from =
    name.slice(0, dot) === "secret" ? secret : name.slice(0, dot) === "app" ? app : undefined;
  const key = from ? name.slice(dot + 1) : name;
  const known = from ?? { ...params, ...extra };
  const value = Object.hasOwn(known, key) ? known[key] : undefined;
  if (value !== undefined) return value;
  throw new HubError("invalid_input", `The connection lacks ${name}. Set it, then try again.`, {
    details: { field: name },
  });
}

function applyFilter(value: string, filter: string): string {
  const [name = "", ...args] = filter.split(":");
  switch (name) {
    case "lower":
      return value.toLowerCase();
    case "upper":
      return value.toUpperCase();
    case "trim":
      return value.trim();
    case "url":
      return encodeURIComponent(value);
    case "base64":
      return toBase64(utf8(value));
    case "base64url":
      return toBase64Url(args[0] === "hex" ? bytesOfHex(value) : utf8(value));
    case "unbase64":
      return new TextDecoder().decode(fromBase64Url(value));
    case "replace":
      return value.replaceAll(args[0] ?? "", args[1] ?? "");
    case "append":
      return value + filter.slice("append:".length);
    case "until":
      return value.split(args[0] ?? "", 1)[0] ?? "";
    case "json":
      return memberOf(value, args[0] ?? "");
    case "origin":
      return new URL(value).origin;
    case "host":
      return new URL(value).host;
    default:
      throw new Error(`A template names the filter ${name}, which there is not.`);
  }
}

/** `{secret.key|json:client_email}`: of a file that somebody pasted whole. */
function memberOf(json: string, name: string): string {
  const value = parseObject(json)[name];
  if (typeof value === "string") return value;
  throw new HubError(
    "invalid_input",
    `What was pasted is no JSON file with ${name} in it. Paste the whole file as it was downloaded.`,
  );
}

function parseObject(json: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(json) };
  } catch {
    return {};
  }
}

/** Colons and spaces, as thumbprints are shown with, do not count. */
function bytesOfHex(value: string): Uint8Array {
  const hex = value.replaceAll(/[\s:]/g, "");
  if (/^([0-9a-f]{2})+$/i.test(hex))
    return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  throw new HubError(
    "invalid_input",
    "A thumbprint is not written in hexadecimal digits. Copy it again.",
  );
}
