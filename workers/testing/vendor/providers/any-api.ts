import {
  api,
  basicOf,
  clientFields,
  keyed,
  privateKey,
  publicKey,
  type Documented,
} from "./documented";
import type { PartialQuirks } from "../quirks";

const params = { baseUrl: "https://api.acme.com/v1", testPath: "/me" };
const route = { at: "https://api.acme.com/v1/me", answer: { id: 1 } };
const tokenUrl = "https://login.acme.com/token";

const program = (clientAuth: "basic" | "post"): PartialQuirks => ({
  token: {
    at: tokenUrl,
    clientAuth,
    params: { grant_type: "client_credentials", scope: "read", audience: "acme" },
    refreshTokens: "never",
  },
  ...api(route),
});
const signed = (key: string, algorithm: string): PartialQuirks => ({
  jwt: { key, algorithm, in: "api", claims: { iss: "hub", sub: "ada", aud: "acme" } },
  ...api(route),
});
const claims = { issuer: "hub", subject: "ada", audience: "acme" };

export const anyApi: Documented[] = [
  keyed("any-api", "api-key", {
    params,
    fields: { apiKey: "key", headerName: "X-Acme-Key" },
    headers: { "x-acme-key": "key" },
    route,
    quirks: ["header named by whoever connects"],
  }),
  keyed("any-api", "api-key-in-address", {
    params,
    fields: { apiKey: "key", paramName: "acme_key" },
    query: { acme_key: "key" },
    route,
    quirks: ["key in the query"],
  }),
  keyed("any-api", "bearer", {
    params,
    fields: { token: "token" },
    headers: { authorization: "Bearer token" },
    route,
  }),
  keyed("any-api", "basic", {
    params,
    fields: { username: "hub", password: "secret" },
    headers: basicOf("hub:secret"),
    route,
  }),
  keyed("any-api", "headers", {
    params,
    fields: { "X-One": "1", "X-Two": "2" },
    headers: { "x-one": "1", "x-two": "2" },
    route,
    quirks: ["headers of one's own"],
  }),
  keyed("any-api", "none", { params, route }),
  {
    connector: "any-api",
    method: "client-credentials",
    params: { ...params, tokenUrl, scope: "read", audience: "acme" },
    fields: clientFields,
    vendor: program("post"),
    quirks: ["token endpoint named by whoever connects"],
  },
  {
    connector: "any-api",
    method: "client-credentials-basic",
    params: { ...params, tokenUrl, scope: "read", audience: "acme" },
    fields: clientFields,
    vendor: program("basic"),
    quirks: ["secret in the header"],
  },
  {
    connector: "any-api",
    method: "jwt-secret",
    params,
    fields: { secret: "0123456789abcdef0123456789abcdef", algorithm: "HS256", ...claims },
    vendor: signed("0123456789abcdef0123456789abcdef", "HS256"),
    quirks: ["JWT signed with a shared secret"],
  },
  {
    connector: "any-api",
    method: "jwt-key",
    params,
    fields: { privateKey, algorithm: "PS256", ...claims },
    vendor: signed(publicKey, "PS256"),
    quirks: ["JWT signed with a key"],
  },
];
