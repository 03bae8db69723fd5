import type { CreateConnectionBody } from "../../../shared/contracts/connections";
import { ApiError } from "../client";
import { nameFromUrl } from "./address";
import {
  headerFaults,
  maxHeaders,
  nameFault,
  urlFault,
  type Fault,
  type HeaderFaults,
} from "./checks";
import { headersOf, type HeaderRow } from "./header-rows";
import { readPastedConfig, type PastedConfig } from "./pasted-config";

export type Transport = "auto" | "http" | "sse";

/** A connection as it is typed. Its name follows its address until somebody names it. */
export type Draft = {
  name: string;
  named: boolean;
  url: string;
  transport: Transport;
  headers: HeaderRow[];
};

export const emptyDraft: Draft = {
  name: "",
  named: false,
  url: "",
  transport: "auto",
  headers: [],
};

export type DraftFaults = {
  name: Fault;
  url: Fault;
  headers: Record<number, HeaderFaults>;
  tooManyHeaders: boolean;
};

export function draftFaults({ name, url, headers }: Draft): DraftFaults {
  const faulty = headers
    .map((row) => [row.id, headerFaults(row, headers)] as const)
    .filter(([, faults]) => Object.keys(faults).length > 0);
  return {
    name: nameFault(name),
    url: urlFault(url),
    headers: Object.fromEntries(faulty),
    tooManyHeaders: headers.length > maxHeaders,
  };
}

export const isSound = ({ name, url, headers, tooManyHeaders }: DraftFaults): boolean =>
  !name && !url && !tooManyHeaders && Object.keys(headers).length === 0;

export const withUrl = (draft: Draft, url: string): Draft => ({
  ...draft,
  url,
  name: draft.named ? draft.name : nameFromUrl(url).slice(0, 80),
});

/** What was pasted in the place of an address, and the draft it makes of this one. */
export function paste(
  draft: Draft,
  text: string,
): { draft: Draft; pasted: PastedConfig } | undefined {
  const pasted = readPastedConfig(text);
  if (!pasted) return undefined;
  if (pasted.kind !== "server") return { draft, pasted };
  const { name, url, transport, headers } = pasted;
  const filled = withUrl({ ...draft, transport, headers }, url);
  const named = name === undefined ? filled : { ...filled, name: name.slice(0, 80), named: true };
  return { draft: named, pasted };
}

export function requestFor(
  { name, url, transport, headers }: Draft,
  allowUnreachable: boolean,
): CreateConnectionBody {
  return {
    connector: "mcp",
    name: name.trim(),
    config: {
      url: url.trim(),
      transport,
      ...(headers.length > 0 ? { headers: headersOf(headers) } : {}),
    },
    allowUnreachable,
  };
}

/** The field a refusal is about, where it names one. */
export function fieldOf(error: unknown): "name" | "url" | undefined {
  const field = error instanceof ApiError ? error.details["field"] : undefined;
  if (typeof field !== "string") return undefined;
  if (/(^|\.)name$/.test(field)) return "name";
  return /(^|\.)url$/.test(field) ? "url" : undefined;
}
