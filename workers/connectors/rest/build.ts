import type { HttpRequestTemplate, Manifest } from "../../../shared/catalogue/manifest";
import { fillRequest, mergeHeaders, type FilledRequest } from "../../platform/request-template";
import { fillAll, fillTemplate, type TemplateValues } from "../../platform/template";

/** A credential as requests show it; credentials/ makes it. */
export type Shown = {
  headers: Record<string, string>;
  query: Record<string, string>;
  sign?: (request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string | null;
  }) => Promise<Record<string, string>>;
  record?: Record<string, string>;
};

/** A manifest `forMethod`, whose account it is, and its credential. */
export type Account = { manifest: Manifest; params: Record<string, string>; presented: Shown };

/** One request to a vendor as its manifest declares it, with the credential, unsigned. Throws `invalid_input`. */
export function buildRequest(account: Account, template: HttpRequestTemplate): FilledRequest {
  const { manifest, presented } = account;
  const { request } = manifest;
  const values = valuesOf(account);
  const headers = mergeHeaders(request?.headers ?? {}, template.headers);
  const base = fillTemplate(request?.base ?? "", values);
  const filled = fillRequest({ ...template, headers }, values, base);
  const url = new URL(filled.url);
  for (const [name, value] of Object.entries(fillAll(request?.query ?? {}, values)))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  for (const [name, value] of Object.entries(presented.query)) url.searchParams.set(name, value);
  return {
    ...filled,
    url: url.href,
    headers: mergeHeaders(filled.headers, presented.headers),
  };
}

/** Where a vendor's requests begin, for people to read: what of it is secret stands there as stars. */
export function baseUrlOf(
  manifest: Manifest,
  params: Record<string, string>,
  secretNames: readonly string[],
): string {
  const hidden = Object.fromEntries(secretNames.map((name) => [name, "***"]));
  return fillTemplate(manifest.request?.base ?? "", {
    params,
    secret: hidden,
    extra: { token: "***" },
  });
}

const valuesOf = ({ params, presented }: Account): TemplateValues => {
  const { record = {} } = presented;
  const token = record["accessToken"];
  return { params, secret: record, ...(token === undefined ? {} : { extra: { token } }) };
};
