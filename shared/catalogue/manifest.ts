import * as z from "zod";

/**
 * How a connector is described: data, no code. Templates are text with placeholders: `{shop}` is a parameter of the
 * connection, `{secret.apiKey}` a field of its credential, `{token}` the access token in use, `{app.clientId}` and
 * `{app.clientSecret}` the OAuth app. A placeholder takes filters, left to right: `{shop|lower}`, `{secret.user|base64}`,
 * `{site|url}`, `{account|replace:_:-}`. What stands in the place of a host name has a parameter with a `pattern`.
 * A header, query parameter, form field or claim that comes out empty is left out: so an optional one whose `default` is
 * empty adds nothing.
 */
export const Template = z.string().min(1).max(2000);

/** A JSON Pointer (RFC 6901) into an answer. */
export const Pointer = z.string().regex(/^(\/[^/]*)*$/, "is not a JSON Pointer");

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not kebab-case");
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/);

/** Where to find a value in the vendor's own pages, in words, with a link. */
const Where = z.strictObject({ text: z.string(), url: z.url({ protocol: /^https$/ }).optional() });

/** What whoever connects is asked for and what is sealed. */
export const Field = z.strictObject({
  name: fieldName,
  label: z.string(),
  help: z.string().optional(),
  /** A secret is shown as dots; a text as it is typed; both are sealed. `multiline` is for PEM and JSON. */
  input: z.enum(["secret", "text", "multiline", "choice"]).default("secret"),
  choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  required: z.boolean().default(true),
  default: z.string().optional(),
  pattern: z.string().optional(),
  example: z.string().optional(),
  where: Where.optional(),
});
export type Field = z.infer<typeof Field>;

/** What tells one account of a vendor from another. None is a secret. */
export const Param = z.strictObject({
  name: fieldName,
  label: z.string(),
  help: z.string().optional(),
  /** Who says it: whoever connects, the vendor's redirect, its token answer, its id token, or a request after consent. */
  source: z.enum(["user", "callback", "token", "claims", "discovered"]).default("user"),
  required: z.boolean().default(true),
  default: z.string().optional(),
  example: z.string().optional(),
  /** A whole-value regular expression. Mandatory for what comes to stand in a host name. */
  pattern: z.string().optional(),
  choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  /**
   * The value is a host name or URL whose host must end in one of these: a vendor's answer may not send secrets elsewhere.
   * Each begins with a dot.
   */
  hostSuffixes: z.array(z.string().startsWith(".")).optional(),
  where: Where.optional(),
  /** Only these ways to sign in have it; all, where it is left out. Two ways may have one name with two sources. */
  methods: z.array(id).optional(),
});
export type Param = z.infer<typeof Param>;

/** Where a credential goes in a request. */
export const Placement = z.strictObject({
  in: z.enum(["header", "query"]),
  name: z.string(),
  template: Template,
});
export type Placement = z.infer<typeof Placement>;

export const HttpRequestTemplate = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
  /** A path below the base, or a whole URL. */
  url: Template,
  headers: z.record(z.string(), Template).default({}),
  query: z.record(z.string(), Template).default({}),
  /** Values are templates. */
  body: z.unknown().optional(),
  bodyStyle: z.enum(["json", "form", "text"]).default("json"),
});
export type HttpRequestTemplate = z.infer<typeof HttpRequestTemplate>;

/** Whether an answer means success, where a status of 200 does not. All rules must hold. */
export const SuccessRule = z.strictObject({
  pointer: Pointer,
  /** `truthy` as JavaScript has it: for vendors that answer `false` in place of what was asked for. */
  is: z.enum(["present", "truthy", "absent", "empty"]).optional(),
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

/** A real, authenticated request that changes nothing: what a test of the connection sends. */
export const Probe = HttpRequestTemplate.extend({
  successWhen: z.array(SuccessRule).default([]),
  /** Who the credential belongs to, for people to read. */
  account: Pointer.optional(),
});
export type Probe = z.infer<typeof Probe>;

const Expiry = z.discriminatedUnion("kind", [
  /** As the answer says: at the pointer, if one is named, else in `expires_in`. `default` where it says nothing. */
  z.strictObject({
    kind: z.literal("answer"),
    pointer: Pointer.optional(),
    defaultSeconds: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal("fixed"), seconds: z.number() }),
  z.strictObject({ kind: z.literal("never") }),
  /** Nobody says: a 401 is how one learns of it. */
  z.strictObject({ kind: z.literal("unknown") }),
]);

/** What is common to all token endpoints. */
const tokenShape = {
  tokenUrl: Template,
  /** Where another endpoint renews tokens. */
  refreshUrl: Template.optional(),
  clientAuth: z.enum(["basic", "post", "none"]).default("post"),
  tokenBody: z.enum(["form", "json"]).default("form"),
  accept: z.string().default("application/json"),
  /** Come on top of what the kind sends, and win: a `grant_type` of its own, an assertion somebody typed. */
  tokenParams: z.record(z.string(), Template).default({}),
  refreshParams: z.record(z.string(), Template).default({}),
  tokenHeaders: z.record(z.string(), Template).default({}),
  successWhen: z.array(SuccessRule).default([]),
  /** Where the answer says what went wrong, besides `error` and `error_description`. */
  errorPointer: Pointer.optional(),
  /** The first of these that is there is the token. */
  tokenPointers: z.array(Pointer).default(["/access_token"]),
  refreshTokenPointers: z.array(Pointer).default(["/refresh_token"]),
  expiry: Expiry.default({ kind: "answer" }),
  /** How long a refresh token lives that is not used, in seconds. */
  refreshTokenSeconds: z.number().optional(),
  /** `strict`: each refresh ends the refresh token before it. `rolling`: a new one comes, the old one lives on a while. */
  rotation: z.enum(["none", "rolling", "strict"]).default("none"),
  /** Parameters read from the token answer, by name. */
  capture: z.record(fieldName, Pointer).default({}),
  /** Parameters read from the claims of its id token, by name. */
  captureClaims: z.record(fieldName, Pointer).default({}),
  revoke: z
    .strictObject({
      url: Template,
      method: z.enum(["POST", "DELETE", "GET"]).default("POST"),
      /** How the hub shows who it is: as at the token endpoint, with the token itself, or not at all. */
      auth: z.enum(["client", "basic", "bearer", "none"]).default("client"),
      body: z.enum(["form", "json"]).default("form"),
      params: z.record(z.string(), Template).default({ token: "{token}" }),
      /** Besides what `auth` shows. */
      headers: z.record(z.string(), Template).default({}),
      /** Which of the two ends both. */
      which: z.enum(["access", "refresh"]).default("refresh"),
      successWhen: z.array(SuccessRule).default([]),
    })
    .optional(),
};

const scopeShape = {
  scopes: z
    .array(
      z.strictObject({
        scope: z.string(),
        /** In plain words: what a team lets the hub do. */
        label: z.string(),
        /** Always asked for; the others can be left out by whoever connects. */
        required: z.boolean().default(false),
        default: z.boolean().default(true),
        /** Sent in this parameter in place of `scope`: Slack's `user_scope`. */
        param: z.string().optional(),
      }),
    )
    .default([]),
  scopeSeparator: z.string().default(" "),
  /** Where scopes are not sent at all. */
  sendScope: z.boolean().default(true),
  /** Where an API says which scopes a token has, when the token answer does not. */
  grantedScopeHeader: z.string().optional(),
};

const methodShape = {
  id,
  label: z.string(),
  description: z.string().optional(),
  fields: z.array(Field).default([]),
  /** How each request shows the credential. */
  present: z.array(Placement).default([]),
  /** In place of the connector's `request.base` and `test`, where this way leads elsewhere or may read other things. */
  base: Template.optional(),
  test: Probe.optional(),
};
const bearer: Placement[] = [{ in: "header", name: "Authorization", template: "Bearer {token}" }];
const tokenMethodShape = { ...methodShape, present: z.array(Placement).default(bearer) };

/** A person consents at the vendor (RFC 6749 4.1 with RFC 7636). */
export const OAuthCodeMethod = z.strictObject({
  kind: z.literal("oauth2_code"),
  ...tokenMethodShape,
  ...tokenShape,
  ...scopeShape,
  authorizeUrl: Template,
  authorizeParams: z.record(z.string(), Template).default({}),
  pkce: z.enum(["required", "optional", "forbidden"]).default("optional"),
  /** The code's name in the redirect. */
  codeParam: z.string().default("code"),
  /** Parameters read from the redirect: parameter of the connection → name in its query. */
  captureCallback: z.record(fieldName, z.string()).default({}),
  /** A signature over the redirect's query: Shopify's `hmac`. */
  callbackSignature: z
    .strictObject({ param: z.string(), algorithm: z.literal("hmac-sha256-hex") })
    .optional(),
  /** The `iss` the redirect must name (RFC 9207), where the vendor sends one. */
  issuer: Template.optional(),
  nonce: z.boolean().default(false),
  /** Where a team registers its OAuth app, and what to choose there. */
  app: z.strictObject({ where: Where, notes: z.array(z.string()).default([]) }),
});
export type OAuthCodeMethod = z.infer<typeof OAuthCodeMethod>;

/** A program signs in as itself (RFC 6749 4.4). `{secret.clientId}` and `{secret.clientSecret}` are fields. */
export const ClientCredentialsMethod = z.strictObject({
  kind: z.literal("oauth2_client_credentials"),
  ...tokenMethodShape,
  ...tokenShape,
  ...scopeShape,
});
export type ClientCredentialsMethod = z.infer<typeof ClientCredentialsMethod>;

/** A person enters a short code at the vendor (RFC 8628). */
export const DeviceCodeMethod = z.strictObject({
  kind: z.literal("oauth2_device"),
  ...tokenMethodShape,
  ...tokenShape,
  ...scopeShape,
  deviceUrl: Template,
  app: z.strictObject({ where: Where, notes: z.array(z.string()).default([]) }),
});
export type DeviceCodeMethod = z.infer<typeof DeviceCodeMethod>;

/** One value or several that go as they are: API keys, bearer tokens, a name and password, headers of one's own. */
export const StaticMethod = z.strictObject({
  kind: z.enum(["api_key", "bearer", "basic", "none"]),
  ...methodShape,
  /** How the vendor makes another of what is typed, which ends the one in use. `{until}` is the day it is to live to. */
  rotate: z
    .strictObject({
      request: HttpRequestTemplate,
      /** Fields read from the answer, by name. */
      fields: z.record(fieldName, Pointer),
      /** Where the answer says when it ends: a date, or seconds since the epoch. */
      expiresAt: Pointer.optional(),
      /** The longest life the vendor gives, in days. */
      longestDays: z.number().int().positive(),
    })
    .optional(),
});
export type StaticMethod = z.infer<typeof StaticMethod>;

/** Headers that whoever connects names. */
export const HeadersMethod = z.strictObject({ kind: z.literal("headers"), ...methodShape });

export const jwtAlgorithms = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "EdDSA",
] as const;

/**
 * The hub signs a JWT with a key it was given. Without `exchange` it is the token; with it, it is traded for one
 * (RFC 7523): Google service accounts, Salesforce, NetSuite, Azure certificates, GitHub Apps.
 */
export const SignedJwtMethod = z.strictObject({
  kind: z.literal("signed_jwt"),
  ...tokenMethodShape,
  algorithms: z.array(z.enum(jwtAlgorithms)).min(1),
  /** The key: PEM, JWK or, for HS, the secret itself. */
  key: Template,
  /** How an HS key is written. */
  keyEncoding: z.enum(["text", "base64", "hex"]).default("text"),
  header: z.record(z.string(), Template).default({}),
  /** Besides `iat`, `exp` and `jti`, which the hub writes. `{thumbprint}` is the base64url SHA-256 of the public key (SPKI), `{scope}` the scopes asked for. */
  claims: z.record(z.string(), Template).default({}),
  lifetimeSeconds: z.number().int().positive().default(3600),
  exchange: z
    .strictObject({
      ...tokenShape,
      /** The parameter that carries the JWT; a bearer header where it is absent. */
      assertionParam: z.string().optional(),
    })
    .optional(),
  ...scopeShape,
});
export type SignedJwtMethod = z.infer<typeof SignedJwtMethod>;

/** A request that answers with a token for a while: Tableau, SAP Business One, WooCommerce-style logins. */
export const SessionMethod = z.strictObject({
  kind: z.literal("session"),
  ...tokenMethodShape,
  login: HttpRequestTemplate,
  tokenPointers: z.array(Pointer).min(1),
  successWhen: z.array(SuccessRule).default([]),
  capture: z.record(fieldName, Pointer).default({}),
  lifetimeSeconds: z.number().int().positive(),
  logout: HttpRequestTemplate.optional(),
});
export type SessionMethod = z.infer<typeof SessionMethod>;

export const AwsSigV4Method = z.strictObject({
  kind: z.literal("aws_sigv4"),
  ...methodShape,
  region: Template,
  /** Read from the request's host where it is left out. */
  service: Template.optional(),
});
export type AwsSigV4Method = z.infer<typeof AwsSigV4Method>;

export const DatabaseMethod = z.strictObject({
  kind: z.literal("database"),
  ...methodShape,
  engine: z.enum(["postgresql", "mysql", "mongodb", "redis", "elasticsearch"]),
  defaultPort: z.number().int(),
});
export type DatabaseMethod = z.infer<typeof DatabaseMethod>;

/** What the edge cannot do: a bridge inside the network does it. The form says so. */
export const BridgeMethod = z.strictObject({
  kind: z.enum(["client_certificate", "ssh_key"]),
  ...methodShape,
});

/** The MCP authorization of its revisions: what the server says is followed, nothing is declared here. */
export const McpOAuthMethod = z.strictObject({ kind: z.literal("mcp_oauth"), ...tokenMethodShape });
export type McpOAuthMethod = z.infer<typeof McpOAuthMethod>;

export const AuthMethod = z.discriminatedUnion("kind", [
  OAuthCodeMethod,
  ClientCredentialsMethod,
  DeviceCodeMethod,
  StaticMethod,
  HeadersMethod,
  SignedJwtMethod,
  SessionMethod,
  AwsSigV4Method,
  DatabaseMethod,
  BridgeMethod,
  McpOAuthMethod,
]);
export type AuthMethod = z.infer<typeof AuthMethod>;

/** Asked once somebody has consented: the account, the site, the tenant. */
export const Discovery = z.strictObject({
  param: fieldName,
  label: z.string(),
  request: HttpRequestTemplate,
  /** The list in the answer; the answer itself where it is empty. */
  list: Pointer.default(""),
  value: Pointer,
  name: Pointer.optional(),
  /** `first` takes the first; `ask` lets whoever connects choose where there are several. */
  pick: z.enum(["first", "ask"]).default("ask"),
  /** As in `Param`. */
  methods: z.array(id).optional(),
});
export type Discovery = z.infer<typeof Discovery>;

export const categories = [
  "mcp",
  "custom",
  "erp",
  "crm",
  "hr",
  "finance",
  "data",
  "marketing",
  "e-commerce",
  "communication",
  "devops",
  "cloud",
  "databases",
  "productivity",
] as const;

export const Manifest = z.strictObject({
  id,
  name: z.string(),
  category: z.enum(categories),
  description: z.string().max(200),
  websiteUrl: z.url({ protocol: /^https$/ }).optional(),
  docsUrl: z.url({ protocol: /^https$/ }).optional(),
  params: z.array(Param).default([]),
  /** The first is recommended. */
  auth: z.array(AuthMethod).min(1),
  request: z
    .strictObject({
      base: Template,
      headers: z.record(z.string(), Template).default({}),
      query: z.record(z.string(), Template).default({}),
      /** A token that writes need, fetched first: SAP's x-csrf-token, with the cookies that come along. */
      csrf: z.strictObject({ header: z.string(), fetch: HttpRequestTemplate }).optional(),
    })
    .optional(),
  discover: z.array(Discovery).default([]),
  test: Probe.optional(),
  errors: z
    .strictObject({
      successWhen: z.array(SuccessRule).default([]),
      messagePointers: z.array(Pointer).default([]),
      rateLimitHeaders: z.strictObject({ remaining: z.string(), reset: z.string() }).optional(),
    })
    .prefault({}),
});
export type Manifest = z.infer<typeof Manifest>;
/** As a manifest is written: what has a default may be left out. */
export type ManifestData = z.input<typeof Manifest>;
export type ParamData = z.input<typeof Param>;
export type AuthMethodData = z.input<typeof AuthMethod>;
