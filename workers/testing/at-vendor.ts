import { env } from "cloudflare:workers";
import type { PartialQuirks } from "./vendor/quirks";
import type { Entry } from "./vendor/vendor";

const elsewhere = (id: string, url: string) => {
  const { host, pathname, search } = new URL(url);
  return { at: `${env.VENDOR_URL}/${id}${pathname}${search}`, host };
};

/** Tells a vendor how to be, and asks what it heard. */
export const controlOf =
  (id: string) =>
  async (method: string, path = "", body?: PartialQuirks): Promise<unknown> => {
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${env.VENDOR_URL}/control/${id}${path}`, init);
    if (!response.ok) throw new Error(`The vendor's control answered ${response.status}.`);
    return response.json();
  };

/** A vendor of a test's own, and the whole network leading to it: the guard still judges the hosts that were meant. */
export async function atVendor(quirks: PartialQuirks = {}) {
  const id = `v-${crypto.randomUUID()}`;
  const control = controlOf(id);
  await control("POST", "", quirks);
  const network = {
    fetch: (url: string, init: RequestInit) => {
      const { at, host } = elsewhere(id, url);
      const headers = new Headers(init.headers);
      headers.set("x-vendor-host", host);
      return fetch(at, { ...init, headers });
    },
  } as unknown as Fetcher;
  return {
    env: { ...env, NET: network } as Env,
    /** What it was asked, in order. */
    log: () => control("GET", "/log") as Promise<Entry[]>,
    change: (change: PartialQuirks) => control("PATCH", "", change),
    expireTokens: () => control("POST", "/expire"),
    revokeAll: () => control("POST", "/revoke"),
    decideDevice: (code: string, decision: "grant" | "denied") =>
      control("POST", `/device?code=${code}&decision=${decision}`),
    /** As a browser: where the vendor sends a person back to. Throws with what the vendor found wrong. */
    async visit(url: string): Promise<URL> {
      const { at, host } = elsewhere(id, url);
      const response = await fetch(at, {
        redirect: "manual",
        headers: { "x-vendor-host": host },
      });
      const location = response.headers.get("location");
      if (location === null) throw new Error(`No way back: ${await response.text()}`);
      return new URL(location);
    },
  };
}
export type AtVendor = Awaited<ReturnType<typeof atVendor>>;
