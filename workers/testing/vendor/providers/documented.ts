import type { PartialQuirks, Quirks, Route } from "../quirks";

/**
 * One way to sign in to one vendor as the vendor itself documents it: addresses, what it wants to be sent, what it
 * answers. Written from the vendors' documentation and not from the hub's manifests, which are judged by it.
 */
export type Documented = {
  connector: string;
  method: string;
  /** What is typed of the account, and of the credential. */
  params?: Record<string, string>;
  fields?: Record<string, string>;
  /** Asked for; the connector's usual ones unless told. */
  scopes?: string[];
  vendor: PartialQuirks;
  /** What comes to light of the account. */
  account?: Record<string, string>;
  /** The user who is asked to choose takes this one. */
  choose?: string;
  /** What is odd about it, in a few words each. */
  quirks: string[];
};

export const client: Quirks["client"] = { id: "hub-client", secret: "hub-secret" };
/** Stand for a key pair that each run makes. */
export const privateKey = "-----PRIVATE KEY OF THE TEST-----";
export const publicKey = "-----PUBLIC KEY OF THE TEST-----";

export const tenant = "11111111-2222-3333-4444-555555555555";
export const uuid = "0f0f0f0f-1111-2222-3333-444444444444";

export const bearer = { authorization: "Bearer {token}" };
export const basicOf = (text: string) => ({
  authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}`,
});

/** An API with the one request that tries a credential. */
export const api = (
  route: Route,
  shown: { headers?: Record<string, string>; query?: Record<string, string> } = {},
): PartialQuirks => ({ api: { headers: bearer, query: {}, ...shown, routes: [route] } });

/** A key that goes as it is: no token is ever asked for. */
export function keyed(
  connector: string,
  method: string,
  told: Pick<Documented, "params" | "fields"> & {
    route: Route;
    headers?: Record<string, string>;
    query?: Record<string, string>;
    quirks?: string[];
  },
): Documented {
  const { params = {}, fields = {}, route, headers = {}, query = {}, quirks = [] } = told;
  return { connector, method, params, fields, vendor: api(route, { headers, query }), quirks };
}

export const clientFields = { clientId: client.id, clientSecret: client.secret ?? "" };
