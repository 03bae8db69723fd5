import { bearerOf } from "./fields";
import { hostPattern, labelPattern } from "./hosts";
import type { AuthMethodData, ManifestData } from "../manifest";

type Scope = { scope: string; label: string; required?: boolean; default?: boolean };

/** Jira and Confluence are two products behind one sign-in. Each way of signing in leads to another host. */
export function atlassian({
  product,
  scopes,
  cloudTest,
  serverTest,
}: {
  product: "jira" | "confluence";
  scopes: Scope[];
  cloudTest: NonNullable<ManifestData["test"]>;
  serverTest: NonNullable<ManifestData["test"]>;
}) {
  const server = { base: "https://{host}", test: serverTest };
  return {
    params: [
      {
        name: "cloudId",
        label: "Site",
        source: "discovered",
        pattern: "^[0-9a-fA-F-]{36}$",
        methods: ["oauth"],
      },
      {
        name: "site",
        label: "Site",
        help: "What stands before .atlassian.net in your address.",
        example: "acme",
        pattern: labelPattern,
        methods: ["api-token"],
      },
      {
        name: "host",
        label: "Host",
        help: "Of your own server, without https://.",
        example: `${product}.example.com`,
        pattern: hostPattern,
        methods: ["server-token", "server-oauth"],
      },
    ],
    auth: [
      {
        kind: "oauth2_code",
        id: "oauth",
        label: "Sign in with Atlassian",
        authorizeUrl: "https://auth.atlassian.com/authorize",
        authorizeParams: { audience: "api.atlassian.com", prompt: "consent" },
        tokenUrl: "https://auth.atlassian.com/oauth/token",
        pkce: "optional",
        // The one before can be used again for ten minutes.
        rotation: "rolling",
        refreshTokenSeconds: 7_776_000,
        scopes: [{ scope: "offline_access", label: "Stay signed in", required: true }, ...scopes],
        app: {
          where: {
            text: "Atlassian developer console → Create → OAuth 2.0 integration",
            url: "https://developer.atlassian.com/console/myapps/",
          },
          notes: [
            "Enter the redirect URI under Authorization → OAuth 2.0 (3LO) → Callback URL.",
            "Add the product's API under Permissions, with the scopes below.",
            "Only you can sign in until the app is shared, under Distribution.",
          ],
        },
        base: `https://api.atlassian.com/ex/${product}/{cloudId}`,
      },
      {
        kind: "basic",
        id: "api-token",
        label: "API token",
        description: "Your address and a token you make at Atlassian.",
        fields: [
          { name: "username", label: "E-mail address", input: "text", example: "ana@example.com" },
          {
            name: "password",
            label: "API token",
            help: "One without scopes. It ends on the day chosen there, after a year at most.",
            where: {
              text: "Atlassian account → Security → API tokens → Create API token",
              url: "https://id.atlassian.com/manage-profile/security/api-tokens",
            },
          },
        ],
        base: "https://{site}.atlassian.net",
      },
      {
        kind: "bearer",
        id: "server-token",
        label: "Personal access token (Data Center)",
        description: "For a server of your own.",
        fields: [
          {
            name: "token",
            label: "Personal access token",
            where: {
              text: "Your picture → Profile or Settings → Personal access tokens → Create token",
            },
          },
        ],
        present: bearerOf("token"),
        ...server,
      },
      {
        kind: "oauth2_code",
        id: "server-oauth",
        label: "Sign in at your own server (Data Center)",
        authorizeUrl: "https://{host}/rest/oauth2/latest/authorize",
        tokenUrl: "https://{host}/rest/oauth2/latest/token",
        pkce: "optional",
        rotation: "strict",
        revoke: { url: "https://{host}/rest/oauth2/latest/revoke" },
        scopes: [
          { scope: "READ", label: "Read what you can read" },
          { scope: "WRITE", label: "Change what you can change", default: false },
        ],
        app: {
          where: {
            text: "Administration → Application links → Create link → External application → Incoming",
          },
          notes: [
            "Enter the redirect URI and choose the permissions Read, and Write if it is wanted.",
          ],
        },
        ...server,
      },
    ],
    discover: [
      {
        param: "cloudId",
        label: "Site",
        request: { url: "https://api.atlassian.com/oauth/token/accessible-resources" },
        value: "/id",
        name: "/name",
        methods: ["oauth"],
      },
    ],
    test: cloudTest,
    errors: {
      messagePointers: ["/errorMessages/0", "/message"],
      rateLimitHeaders: { remaining: "X-RateLimit-Remaining", reset: "X-RateLimit-Reset" },
    },
  } satisfies Partial<ManifestData> & { auth: AuthMethodData[] };
}
