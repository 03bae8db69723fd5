import { api, privateKey, publicKey, type Documented } from "./documented";
import type { PartialQuirks, Route } from "../quirks";

const tokenAt = "https://oauth2.googleapis.com/token";
const robot = "hub@acme.iam.gserviceaccount.com";

/** A refresh token only with `access_type=offline`, and again only with `prompt=consent`. It never changes. */
const oauth = (scope: string): PartialQuirks => ({
  authorize: {
    at: "https://accounts.google.com/o/oauth2/v2/auth",
    params: { access_type: "offline", prompt: "consent" },
    scopes: { scope },
  },
  token: {
    at: tokenAt,
    clientAuth: "post",
    expiresIn: 3599,
    rotation: "none",
    refreshTokens: { param: "access_type", value: "offline" },
  },
  revoke: { at: "https://oauth2.googleapis.com/revoke", auth: "none", body: "form" },
});

const serviceAccount = (scope: string, subject: string): PartialQuirks => ({
  token: {
    at: tokenAt,
    clientAuth: "none",
    expiresIn: 3599,
    params: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" },
    refreshTokens: "never",
  },
  jwt: {
    key: publicKey,
    algorithm: "RS256",
    in: "assertion",
    claims: { iss: robot, sub: subject, aud: tokenAt, scope },
  },
  revoke: null,
});

const keyFile = JSON.stringify({
  type: "service_account",
  client_email: robot,
  private_key_id: "k1",
  private_key: privateKey,
});

function both(connector: string, told: { scopes: string[]; route: Route }): Documented[] {
  const { scopes, route } = told;
  const scope = scopes.join(" ");
  return [
    {
      connector,
      method: "oauth",
      scopes,
      vendor: { ...oauth(scope), ...api(route) },
      quirks: [
        "access_type=offline and prompt=consent",
        "refresh token never changes",
        "granted may be fewer",
      ],
    },
    {
      connector,
      method: "service-account",
      scopes,
      fields: { keyFile, subject: "ada@acme.com" },
      vendor: { ...serviceAccount(scope, "ada@acme.com"), ...api(route) },
      quirks: ["JWT of a service account, standing for a person"],
    },
  ];
}

const auth = "https://www.googleapis.com/auth";

export const google: Documented[] = [
  ...both("google-workspace", {
    scopes: [`${auth}/userinfo.email`, `${auth}/calendar.events`],
    route: {
      at: "https://www.googleapis.com/oauth2/v3/userinfo",
      answer: { email: "ada@acme.com" },
    },
  }),
  ...both("gmail", {
    scopes: [`${auth}/gmail.readonly`],
    route: {
      at: "https://gmail.googleapis.com/gmail/v1/users/me/profile",
      answer: { emailAddress: "ada@acme.com" },
    },
  }),
  ...both("google-drive", {
    scopes: [`${auth}/drive.file`],
    route: {
      at: "https://www.googleapis.com/drive/v3/about",
      query: { fields: "user" },
      answer: { user: { emailAddress: "ada@acme.com" } },
    },
  }),
  ...both("bigquery", {
    scopes: [`${auth}/bigquery`],
    route: {
      at: "https://bigquery.googleapis.com/bigquery/v2/projects",
      answer: { projects: [{ friendlyName: "Acme" }] },
    },
  }),
  ...both("gcp", {
    scopes: [`${auth}/cloud-platform`],
    route: {
      at: "https://cloudresourcemanager.googleapis.com/v3/projects:search",
      query: { pageSize: "1" },
      answer: { projects: [{ displayName: "Acme" }] },
    },
  }),
];
