import type { AuthMethodData } from "../manifest";

type Scope = { scope: string; label: string; required?: boolean; default?: boolean };

/** Six months without use end a Google refresh token. */
const refreshTokenSeconds = 15_552_000;
const tokenUrl = "https://oauth2.googleapis.com/token";

/** A person consents. `access_type` and `prompt` are why a refresh token comes at each consent, and not only the first. */
export function googleOAuth({ scopes, notes = [] }: { scopes: Scope[]; notes?: string[] }) {
  return {
    kind: "oauth2_code",
    id: "oauth",
    label: "Sign in with Google",
    authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    authorizeParams: {
      access_type: "offline",
      prompt: "consent",
      include_granted_scopes: "true",
    },
    tokenUrl,
    pkce: "optional",
    expiry: { kind: "answer", defaultSeconds: 3599 },
    rotation: "none",
    refreshTokenSeconds,
    revoke: { url: "https://oauth2.googleapis.com/revoke", auth: "none" },
    scopes,
    app: {
      where: {
        text: "Google Cloud console → APIs & Services → Credentials → Create credentials → OAuth client ID",
        url: "https://console.cloud.google.com/apis/credentials",
      },
      notes: [
        "Choose the application type Web application and enter the redirect URI under Authorized redirect URIs.",
        "Enable the API itself under APIs & Services → Library.",
        "As long as the consent screen is in testing, Google ends each sign-in after seven days. Publish it, or make it internal.",
        ...notes,
      ],
    },
  } satisfies AuthMethodData;
}

/** A robot account with a key file (RFC 7523); in a Workspace domain it can stand for one of its people. */
export function googleServiceAccount({
  scopes,
  asPerson,
}: {
  scopes: Scope[];
  /** Whether there is anything to read without standing for somebody. */
  asPerson: "required" | "optional";
}) {
  return {
    kind: "signed_jwt",
    id: "service-account",
    label: "Service account",
    description: "A key file from Google Cloud. No person has to stay signed in.",
    fields: [
      {
        name: "keyFile",
        label: "Key file (JSON)",
        input: "multiline",
        help: "Paste the whole file, from the first brace to the last.",
        where: {
          text: "Google Cloud console → IAM & Admin → Service accounts → the account → Keys → Add key → JSON",
          url: "https://console.cloud.google.com/iam-admin/serviceaccounts",
        },
      },
      {
        name: "subject",
        label: "Person it stands for",
        input: "text",
        required: asPerson === "required",
        ...(asPerson === "optional" && { default: "" }),
        help: "An address in your Workspace domain. An administrator must have given the service account domain-wide delegation for the scopes chosen.",
        example: "ana@example.com",
      },
    ],
    algorithms: ["RS256"],
    key: "{secret.keyFile|json:private_key}",
    header: { kid: "{secret.keyFile|json:private_key_id}" },
    claims: {
      iss: "{secret.keyFile|json:client_email}",
      sub: "{secret.subject}",
      aud: tokenUrl,
      scope: "{scope}",
    },
    exchange: {
      tokenUrl,
      assertionParam: "assertion",
      tokenParams: { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" },
      clientAuth: "none",
    },
    scopes,
    sendScope: false,
  } satisfies AuthMethodData;
}
