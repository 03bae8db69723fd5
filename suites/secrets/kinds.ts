// Every kind of credential a connection can have, each with secrets of its own, and the vendors that take them.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { untrusted } from "../../workers/testing/faults/certificate.ts";
import type { PartialQuirks } from "../../workers/testing/vendor/quirks.ts";
import type { Search } from "./search.ts";
import { random } from "./wardrobe.ts";
import { closedMcpHost, mcpHost } from "./world.ts";

const gitlab = "gitlab.canary.example";
const tableau = "tableau.canary.example";
const api = "api.canary.example";

/** What is typed, and so can be typed again with other secrets. */
export type Typed = {
  kind: string;
  connector: string;
  params: Record<string, string>;
  auth: () => { method: string; fields: Record<string, string> };
  config?: { url: string };
  /** The hub cannot reach it itself. */
  unreachable?: boolean;
};

/** What is signed in to at a vendor's page. */
export type Consented = { kind: string; start: Record<string, unknown> };

/** `secretName` is a secret of the team that one of the connections uses. */
export function castOf(search: Search, secretName: string) {
  const secret = (kind: string, value = random(36)) => {
    search.plant(kind, value);
    return value;
  };
  const appSecret = secret("an OAuth app's secret");
  const registered = secret("a registered MCP client's secret");
  const preRegistered = secret("a pre-registered MCP client's secret");
  const google = generateKeyPairSync("rsa", { modulusLength: 2048 });

  const pem = (kind: string, type: "rsa" | "ec", passphrase?: string): string => {
    const { privateKey } =
      type === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : generateKeyPairSync("ec", { namedCurve: "P-256" });
    return plantKey(
      search,
      kind,
      privateKey
        .export({
          type: "pkcs8",
          format: "pem",
          ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }),
        })
        .toString(),
    );
  };

  const atAnyApi = (kind: string, method: string, fields: () => Record<string, string>): Typed => ({
    kind,
    connector: "any-api",
    params: {
      baseUrl: `https://${api}`,
      testPath: "/me",
      ...(method.startsWith("client-cred") ? { tokenUrl: `https://${api}/token` } : {}),
      ...(method === "aws-sigv4" ? { region: "eu-central-1", service: "execute-api" } : {}),
    },
    auth: () => ({ method, fields: fields() }),
    ...(/certificate|ssh/.test(method) ? { unreachable: true } : {}),
  });

  const typed: Typed[] = [
    atAnyApi("an API key in a header", "api-key", () => ({
      apiKey: secret("an API key in a header"),
    })),
    atAnyApi("an API key in the address", "api-key-in-address", () => ({
      apiKey: secret("an API key in the address", `${random(20)}+/&%${random(10)}`),
    })),
    atAnyApi("a bearer token", "bearer", () => ({ token: secret("a bearer token") })),
    atAnyApi("a password", "basic", () => ({
      username: "ada",
      password: secret("a password", `${random(12)}"<&>\\${random(9)}`),
    })),
    atAnyApi("headers", "headers", () => ({
      "x-api-key": secret("a custom header"),
      "x-second": secret("a second custom header"),
    })),
    atAnyApi("client credentials", "client-credentials", () => ({
      clientId: "program",
      clientSecret: secret("a program's client secret"),
    })),
    atAnyApi("client credentials, Basic", "client-credentials-basic", () => ({
      clientId: "program",
      clientSecret: secret("a program's client secret, as Basic"),
    })),
    atAnyApi("an HS secret", "jwt-secret", () => ({
      secret: secret("an HS secret", random(64)),
      algorithm: "HS256",
      issuer: "hub",
    })),
    atAnyApi("an RSA key", "jwt-key", () => ({
      privateKey: pem("an RSA private key", "rsa"),
      algorithm: "RS256",
      issuer: "hub",
    })),
    atAnyApi("an encrypted key", "jwt-key", () => {
      const passphrase = secret("a key's passphrase", `${random(9)} horse ${random(9)}`);
      return {
        privateKey: pem("an encrypted private key", "rsa", passphrase),
        passphrase,
        algorithm: "RS256",
        issuer: "hub",
      };
    }),
    atAnyApi("an AWS key", "aws-sigv4", () => ({
      accessKeyId: `AKIA${random(16).toUpperCase()}`,
      secretAccessKey: secret("an AWS secret access key", random(40)),
      sessionToken: secret("an AWS session token", randomBytes(150).toString("base64")),
    })),
    atAnyApi("a client certificate", "client-certificate", () => {
      const { key, cert } = untrusted();
      return {
        certificate: cert,
        privateKey: plantKey(search, "a client certificate's key", key),
        passphrase: secret("a client certificate's passphrase"),
      };
    }),
    atAnyApi("an SSH key", "ssh-key", () => ({
      user: "ada",
      privateKey: pem("an SSH key", "ec"),
      passphrase: secret("an SSH key's passphrase"),
    })),
    atAnyApi("a secret of the team", "bearer", () => ({ token: `{{secrets.${secretName}}}` })),
    {
      kind: "a database login",
      connector: "postgresql",
      params: {},
      unreachable: true,
      auth: () => ({
        method: "login",
        fields: {
          host: "127.0.0.1",
          port: "9",
          database: "shop",
          user: "ada",
          password: secret("a database's password"),
          tls: "disable",
        },
      }),
    },
    {
      kind: "a login's session",
      connector: "tableau",
      params: { host: tableau, site: "acme" },
      auth: () => ({
        method: "personal-access-token",
        fields: { tokenName: "hub", tokenSecret: secret("a login's password") },
      }),
    },
    {
      kind: "a service account",
      connector: "bigquery",
      params: {},
      auth: () => ({
        method: "service-account",
        fields: {
          keyFile: JSON.stringify({
            type: "service_account",
            private_key_id: random(20),
            private_key: plantKey(
              search,
              "a service account's key",
              google.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
            ),
            client_email: "hub@canary.example",
          }),
        },
      }),
    },
    {
      kind: "a key the vendor replaces",
      connector: "gitlab",
      params: { host: gitlab },
      auth: () => ({ method: "token", fields: { apiKey: secret("a key the vendor replaces") } }),
    },
    {
      kind: "an MCP server's program",
      connector: "mcp",
      params: {},
      config: { url: `https://${closedMcpHost}/mcp` },
      auth: () => ({
        method: "client-credentials",
        fields: { clientId: "hub-client", clientSecret: preRegistered },
      }),
    },
  ];

  const consented: Consented[] = [
    {
      kind: "a sign-in",
      start: { connector: "gitlab", method: "oauth", params: { host: gitlab } },
    },
    {
      kind: "a device code",
      start: { connector: "gitlab", method: "device", params: { host: gitlab } },
    },
    {
      kind: "an MCP sign-in",
      start: { connector: "mcp", method: "oauth", config: { url: `https://${mcpHost}/mcp` } },
    },
    {
      kind: "an MCP sign-in as a known client",
      start: {
        connector: "mcp",
        method: "oauth",
        config: { url: `https://${closedMcpHost}/mcp` },
        client: { clientId: "hub-client", clientSecret: preRegistered },
      },
    },
  ];

  const issues = { idToken: { issuer: "https://canary.example", claims: {} }, expiresIn: 3600 };
  const mcp = (clientSecret: string): PartialQuirks => ({
    client: { id: "hub-client", secret: clientSecret },
    authorize: { at: "/authorize" },
    token: { at: "/token", rotation: "rolling", clientAuth: "any", ...issues },
    revoke: { at: "/revoke", auth: "none" },
  });
  const quirks: Record<string, PartialQuirks> = {
    [gitlab]: {
      client: { id: "gitlab-app", secret: appSecret },
      authorize: { at: "/oauth/authorize" },
      token: { at: "/oauth/token", rotation: "strict", clientAuth: "post", ...issues },
      revoke: { at: "/oauth/revoke", auth: "post" },
      device: { at: "/oauth/authorize_device" },
      api: {
        headers: {},
        routes: [
          {
            method: "POST",
            at: "/api/v4/personal_access_tokens/self/rotate",
            answer: {
              token: secret("a key the vendor gave in its place"),
              expires_at: "2027-10-01",
            },
          },
        ],
      },
    },
    [tableau]: {
      login: {
        at: "/api/3.26/auth/signin",
        method: "POST",
        headers: {},
        body: {},
        answer: { credentials: { site: { id: crypto.randomUUID() } } },
        tokenAt: "/credentials/token",
      },
    },
    [api]: { client: { id: "program" }, token: { at: "/token", ...issues } },
    "oauth2.googleapis.com": {
      token: { at: "/token" },
      jwt: {
        key: google.publicKey.export({ type: "spki", format: "pem" }).toString(),
        algorithm: "RS256",
        in: "assertion",
      },
    },
    [mcpHost]: mcp(registered),
    [closedMcpHost]: mcp(preRegistered),
  };
  return {
    typed,
    consented,
    quirks,
    registered,
    app: { clientId: "gitlab-app", clientSecret: appSecret },
  };
}

/** The lines of its second half, which hold nothing that the public key holds too, and bytes of it. */
function plantKey(search: Search, kind: string, pem: string): string {
  const lines = pem.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  const der = Buffer.from(lines.join(""), "base64");
  const isLong = lines.length > 12;
  for (const line of isLong ? lines.slice(-8, -2) : lines.slice(1, 2)) search.plant(kind, line);
  // A P-256 key's own 32 bytes stand from the 37th on; encrypted or RSA, the second half is as secret.
  search.plant(kind, isLong ? der.subarray(-200, -100) : der.subarray(36, 68));
  return pem;
}
