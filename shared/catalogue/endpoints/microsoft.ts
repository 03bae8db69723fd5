import { clientFields } from "./fields";
import { uuidPattern } from "./hosts";
import type { AuthMethodData, ParamData } from "../manifest";

type Scope = { scope: string; label: string; required?: boolean; default?: boolean };

const endpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0";
const registrations = {
  text: "Microsoft Entra admin center → Applications → App registrations → New registration",
  url: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
};
/** A refresh token that nobody uses ends after 90 days; a new one comes with each renewal. */
const tokens = { rotation: "rolling", refreshTokenSeconds: 7_776_000 } as const;

export const offlineAccess: Scope = {
  scope: "offline_access",
  label: "Stay signed in",
  required: true,
};

/** `common` lets any work, school or personal account in; what signs in as itself needs the tenant. */
export function tenantParams(people: string[], programs: string[]): ParamData[] {
  const where = {
    text: "Microsoft Entra admin center → Overview → Tenant ID",
    url: "https://entra.microsoft.com",
  };
  return [
    {
      name: "tenant",
      label: "Tenant",
      default: "common",
      help: "common for any account, organizations for work and school accounts only, or your tenant's ID or domain if the app is for one tenant.",
      pattern: `^(common|organizations|consumers|${uuidPattern.slice(1, -1)}|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$`,
      where,
      methods: people,
    },
    {
      name: "tenant",
      label: "Tenant ID",
      help: "The ID of your directory.",
      example: "72f988bf-86f1-41af-91ab-2d7cd011db47",
      pattern: `^(${uuidPattern.slice(1, -1)}|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)$`,
      where,
      methods: programs,
    },
  ];
}

/**
 * A person consents. One token is for one resource. `scope` in place of scopes to choose from is for resources whose name
 * is made of the connection's parameters.
 */
export function microsoftOAuth({
  id = "oauth",
  label = "Sign in with Microsoft",
  scopes,
  scope,
  permissions,
}: {
  id?: string;
  label?: string;
  scopes?: Scope[];
  scope?: string;
  /** What to grant the app in the portal, in words. */
  permissions: string;
}) {
  return {
    kind: "oauth2_code",
    id,
    label,
    authorizeUrl: `${endpoint}/authorize`,
    authorizeParams: {
      response_mode: "query",
      ...(scope !== undefined && { scope }),
    },
    tokenUrl: `${endpoint}/token`,
    pkce: "optional",
    ...tokens,
    scopes: scopes ?? [],
    sendScope: scopes !== undefined,
    app: {
      where: registrations,
      notes: [
        "Under Authentication add the platform Web, not Single-page application, and enter the redirect URI there.",
        "Under Certificates & secrets make a client secret and copy its value, not its ID.",
        permissions,
      ],
    },
  } satisfies AuthMethodData;
}

/** A person enters a code at microsoft.com/devicelogin. */
export function microsoftDevice(scopes: Scope[]) {
  return {
    kind: "oauth2_device",
    id: "device",
    label: "Enter a code at Microsoft",
    description: "For a browser that cannot come back to this hub.",
    deviceUrl: `${endpoint}/devicecode`,
    tokenUrl: `${endpoint}/token`,
    clientAuth: "none",
    ...tokens,
    scopes,
    app: {
      where: registrations,
      notes: ["Under Authentication switch on Allow public client flows. No secret is needed."],
    },
  } satisfies AuthMethodData;
}

/** A program signs in as itself, with a secret or with a certificate. `resource` is what the token is for. */
export function microsoftApp({
  resource,
  id = "app",
  label = "App of your tenant",
}: {
  resource: string;
  id?: string;
  label?: string;
}) {
  return {
    kind: "oauth2_client_credentials",
    id,
    label,
    description:
      "A client secret of an app registration. Works without a person, with the permissions an administrator gave the app.",
    fields: clientFields({
      ...registrations,
      text: "App registrations → the app → Overview and Certificates & secrets",
    }),
    tokenUrl: `${endpoint}/token`,
    tokenParams: { scope: `${resource}/.default` },
    sendScope: false,
  } satisfies AuthMethodData;
}

export function microsoftCertificate({ resource }: { resource: string }) {
  return {
    kind: "signed_jwt",
    id: "certificate",
    label: "App with a certificate",
    description:
      "In place of a client secret: the app proves itself with a key that never leaves the hub.",
    fields: [
      { name: "clientId", label: "Client ID", input: "text", where: registrations },
      {
        name: "thumbprint",
        label: "Thumbprint of the certificate",
        input: "text",
        pattern: "^([0-9A-Fa-f]{2}[\\s:]?){20}$",
        help: "SHA-1, as the portal shows it: 40 hexadecimal digits.",
        where: { text: "App registrations → the app → Certificates & secrets → Certificates" },
      },
      {
        name: "privateKey",
        label: "Private key (PEM)",
        input: "multiline",
        help: "The one that belongs to the certificate you uploaded, beginning with -----BEGIN PRIVATE KEY-----.",
      },
    ],
    algorithms: ["RS256"],
    key: "{secret.privateKey}",
    header: { x5t: "{secret.thumbprint|base64url:hex}" },
    claims: {
      iss: "{secret.clientId}",
      sub: "{secret.clientId}",
      aud: `${endpoint}/token`,
    },
    lifetimeSeconds: 600,
    exchange: {
      tokenUrl: `${endpoint}/token`,
      assertionParam: "client_assertion",
      tokenParams: {
        grant_type: "client_credentials",
        client_id: "{secret.clientId}",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        scope: `${resource}/.default`,
      },
      clientAuth: "none",
    },
    sendScope: false,
  } satisfies AuthMethodData;
}
