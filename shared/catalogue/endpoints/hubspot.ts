import { bearerOf } from "./fields";
import type { AuthMethodData, ManifestData } from "../manifest";

type Scope = {
  scope: string;
  label: string;
  required?: boolean;
  default?: boolean;
  param?: string;
};

/** Sales and marketing are one HubSpot with one kind of token; only what is asked for differs. */
export function hubspotAuth(scopes: Scope[]) {
  return [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with HubSpot",
      authorizeUrl: "https://app.hubspot.com/oauth/authorize",
      tokenUrl: "https://api.hubapi.com/oauth/v3/token",
      pkce: "optional",
      expiry: { kind: "answer", defaultSeconds: 1800 },
      rotation: "none",
      revoke: { url: "https://api.hubapi.com/oauth/v3/token/revoke" },
      scopes: [
        { scope: "oauth", label: "Sign in", required: true },
        // HubSpot refuses a consent in which a required scope is missing from the app; an optional one it leaves out.
        ...scopes.map((one) => ({ ...one, param: "optional_scope" })),
      ],
      app: {
        where: {
          text: "HubSpot developer account → Apps → Create app → Auth",
          url: "https://developers.hubspot.com",
        },
        notes: [
          "Enter the redirect URI under Redirect URLs.",
          "Add the scope oauth as required, and those below as optional. A scope the app does not list cannot be granted.",
        ],
      },
    },
    {
      kind: "bearer",
      id: "private-app",
      label: "Private app token",
      description:
        "For one HubSpot account of your own. It does not end, and shows what the private app may do.",
      fields: [
        {
          name: "token",
          label: "Access token",
          pattern: "^pat-\\S+$",
          example: "pat-eu1-…",
          where: {
            text: "HubSpot → Settings → Integrations → Private apps → the app → Auth",
            url: "https://app.hubspot.com/l/private-apps",
          },
        },
      ],
      present: bearerOf("token"),
    },
  ] satisfies AuthMethodData[];
}

export const hubspotApi = {
  request: { base: "https://api.hubapi.com" },
  test: { url: "/account-info/v3/details", account: "/portalId" },
  errors: {
    messagePointers: ["/message"],
    rateLimitHeaders: {
      remaining: "X-HubSpot-RateLimit-Remaining",
      reset: "X-HubSpot-RateLimit-Interval-Milliseconds",
    },
  },
} satisfies Partial<ManifestData>;
