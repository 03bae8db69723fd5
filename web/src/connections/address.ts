const parsed = (url: string): URL | undefined => {
  try {
    return new URL(url.trim());
  } catch {
    return undefined;
  }
};

/** Host and port of an address, as one reads it. */
export const hostOf = (url: string): string => parsed(url)?.host || url;

const isAddress = (host: string): boolean => host.includes(":") || /^[\d.]+$/.test(host);
const everywhere = /^(www|mcp|api|server|remote|gateway)$/;

/** A first name for the connection to this address; empty where the address says nothing. */
export function nameFromUrl(url: string): string {
  const { hostname = "", port = "" } = parsed(url) ?? {};
  if (hostname === "") return "";
  if (isAddress(hostname) || !hostname.includes("."))
    return port === "" ? hostname : `${hostname} ${port}`;
  const labels = hostname.split(".");
  const telling = labels.slice(0, -1).filter((label) => !everywhere.test(label));
  const [first = labels[0] ?? ""] = telling;
  return first.charAt(0).toUpperCase() + first.slice(1);
}

const secretName = /(^|[-_])(key|apikey|token|secret|password|auth|sig|signature)$/i;

/** An address is shown to the whole team: a secret in it is better sent as a header. */
export function looksSecret(url: string): boolean {
  const { searchParams, password = "" } = parsed(url) ?? {};
  return password !== "" || [...(searchParams?.keys() ?? [])].some((key) => secretName.test(key));
}

/** An address of outside that a page may link to. */
export function httpsUrl(url: string | null | undefined): URL | undefined {
  const known = url ? parsed(url) : undefined;
  return known?.protocol === "https:" ? known : undefined;
}
