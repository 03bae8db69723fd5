import type { HttpRequestTemplate } from "../../shared/catalogue/manifest";
import { isObject } from "../../shared/json";
import { HubError } from "./errors";
import { fillAll, fillTemplate, type TemplateValues } from "./template";

export type FilledRequest = {
  url: string;
  method: HttpRequestTemplate["method"];
  headers: Record<string, string>;
  body: string | null;
};

/**
 * A manifest's request with its placeholders filled. `base` stands before a path; a whole URL needs none. Throws
 * `invalid_input` for what is missing or makes no URL.
 */
export function fillRequest(
  template: HttpRequestTemplate,
  values: TemplateValues,
  base = "",
): FilledRequest {
  const url = parseUrl(addressOf(fillTemplate(template.url, values), base));
  for (const [name, value] of Object.entries(fillAll(template.query, values)))
    url.searchParams.set(name, value);
  const { body, type } = bodyOf(template, values);
  return {
    url: url.href,
    method: template.method,
    headers: mergeHeaders(
      { accept: "application/json", "user-agent": "Plugboard" },
      type === undefined ? {} : { "content-type": type },
      fillAll(template.headers, values),
    ),
    body,
  };
}

/** Names of headers are the same in any case: the last wins. */
export function mergeHeaders(...all: Record<string, string>[]): Record<string, string> {
  const merged = new Map<string, [string, string]>();
  for (const headers of all)
    for (const [name, value] of Object.entries(headers))
      merged.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(merged.values());
}

function addressOf(path: string, base: string): string {
  if (/^https?:\/\//i.test(path)) return path;
  const below = base.replace(/\/+$/, "");
  return path === "" || path.startsWith("?") ? below + path : `${below}/${path.replace(/^\//, "")}`;
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url) return url;
  throw new HubError(
    "invalid_input",
    "What was entered for the account makes no URL. Check it, above all the host.",
  );
}

function bodyOf(
  { body, bodyStyle }: HttpRequestTemplate,
  values: TemplateValues,
): { body: string | null; type?: string } {
  if (body === undefined) return { body: null };
  const filled = fillDeep(body, values);
  if (bodyStyle === "json") return { body: JSON.stringify(filled), type: "application/json" };
  if (bodyStyle === "text") return { body: String(filled), type: "text/plain;charset=UTF-8" };
  const fields = isObject(filled) ? Object.entries(filled) : [];
  const form = new URLSearchParams(
    fields.map(([name, value]) => [name, String(value)]).filter(([, value]) => value !== ""),
  );
  return { body: form.toString(), type: "application/x-www-form-urlencoded" };
}

function fillDeep(value: unknown, values: TemplateValues): unknown {
  if (typeof value === "string") return fillTemplate(value, values);
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, fillDeep(one, values)]),
  );
}
