// The rules of shared/contracts/connections.ts and tools.ts, as a form asks them: the first thing wrong, or nothing.
// Their test holds them against the contract.
import { words } from "../words";
import { headerOf, type HeaderRow } from "./header-rows";

const faults = words.connections.faults;
export type Fault = string | undefined;

export function nameFault(name: string): Fault {
  const length = name.trim().length;
  if (length === 0) return faults.nameMissing;
  return length > 80 ? faults.nameLong : undefined;
}

export function urlFault(url: string): Fault {
  const text = url.trim();
  if (text === "") return faults.urlMissing;
  if (text.length > 2048) return faults.urlLong;
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return faults.urlRelative;
  if (!/^https?:\/\//i.test(text)) return faults.urlScheme;
  return URL.canParse(text) ? undefined : faults.urlBroken;
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const hubsOwn =
  /^(host|content-length|content-type|transfer-encoding|connection|accept|upgrade|te|trailer|mcp-.*)$/i;
const headerValue = /^[\t\x20-\x7e]+$/;
export const maxHeaders = 20;

export type HeaderFaults = { name?: string; value?: string };

/** What is wrong with each row, in their order; `among` are all rows, since a name may stand once. */
export function headerFaults(row: HeaderRow, among: readonly HeaderRow[]): HeaderFaults {
  const [name, value] = headerOf(row);
  const named = headerNameFault(name) ?? twice(row, among);
  const valued = headerValueFault(value, row.kind);
  return { ...(named ? { name: named } : {}), ...(valued ? { value: valued } : {}) };
}

function headerNameFault(name: string): Fault {
  if (name === "") return faults.headerNameMissing;
  if (!headerName.test(name)) return faults.headerName;
  return hubsOwn.test(name) ? faults.headerOwn : undefined;
}

function twice(row: HeaderRow, among: readonly HeaderRow[]): Fault {
  const key = (other: HeaderRow) => headerOf(other)[0].toLowerCase();
  const first = among.find((other) => key(other) === key(row));
  return first && first.id !== row.id ? faults.headerTwice : undefined;
}

function headerValueFault(value: string, kind: HeaderRow["kind"]): Fault {
  if (value === "") return kind === "bearer" ? faults.tokenMissing : faults.headerValueMissing;
  if (value.length > 8192) return faults.headerValueLong;
  return headerValue.test(value) ? undefined : faults.headerValue;
}

const shortestMs = 100;
const longestMs = 600_000;

/** A time limit as it is typed, in seconds. */
export function timeLimitOf(seconds: string): { ms: number } | { fault: string } {
  const ms = Math.round(Number(seconds.trim().replace(",", ".")) * 1000);
  if (seconds.trim() === "" || !Number.isFinite(ms)) return { fault: faults.timeLimit };
  return ms < shortestMs || ms > longestMs ? { fault: faults.timeLimit } : { ms };
}
