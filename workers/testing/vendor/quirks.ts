/** What a vendor does, as its own documentation would say it: not in the words of the hub's manifests. */
export type Quirks = {
  client: { id: string; secret: string | null };
  /** Redirect addresses the app is registered with; null takes any. */
  redirectUris: string[] | null;
  authorize: {
    /** A path, or a whole URL where the host matters. */
    at: string;
    /** What the address must carry, to the letter. */
    params: Record<string, string>;
    /** What it must not carry. */
    refuses: string[];
    pkce: "required" | "optional" | "forbidden";
    /** Scopes as they must arrive, in one string, by parameter; null takes any. */
    scopes: Record<string, string> | null;
    nonce: boolean;
    /** `page` waits for a click, as a browser test wants it. */
    consent: "auto" | "page";
    /** What whoever is asked says: `grant`, or an error's code. */
    decision: string;
    codeParam: string;
    /** Sent along to the redirect. */
    extra: Record<string, string>;
    /** Signs the redirect's query the way Shopify does. */
    signed: boolean;
    iss: string | null;
    /** Scopes granted where they are fewer than those asked for. */
    grants: string | null;
  };
  token: {
    at: string;
    /** Where tokens are renewed, if elsewhere. */
    refreshAt: string | null;
    clientAuth: "basic" | "post" | "none" | "any";
    body: "form" | "json";
    grantTypes: string[];
    /** Headers a request must carry, by lower-case name. */
    headers: Record<string, string>;
    params: Record<string, string>;
    refreshParams: Record<string, string>;
    /** What else the answer says, merged into it. */
    answer: Record<string, unknown>;
    /** JSON Pointers: where the answer has the tokens. */
    tokenAt: string;
    refreshTokenAt: string;
    /** Members the answer lacks. */
    omit: string[];
    tokenType: string;
    expiresIn: number | string | null;
    /** Another place for the end, and as what. */
    expiry: { at: string; as: "iso" | "epoch" | "seconds" } | null;
    type: "json" | "form" | "form-unless-asked";
    status: number;
    /** How it says no. */
    errors: "rfc" | "200-error" | "ok-false";
    /** Whether it gives refresh tokens: always, never, or for a scope or a parameter of the sign-in. */
    refreshTokens: "always" | "never" | { scope: string } | { param: string; value: string };
    /** One that somebody made by hand, in the vendor's own pages. */
    typedRefreshToken: string | null;
    /** `strict` ends the whole family when an old refresh token comes back. */
    rotation: "none" | "rolling" | "strict";
    /** `strict` vendors may also end the old access token at once. */
    endsOldToken: boolean;
    idToken: { issuer: string; claims: Record<string, unknown> } | null;
    /** Sends back the scopes it granted: as one string, or not at all. */
    scopeSeparator: string;
  };
  revoke: {
    at: string;
    method: string;
    auth: "basic" | "post" | "bearer" | "none";
    body: "form" | "json" | "query";
    /** The parameter that names the token; null where it is only in the header, or where others say what ends. */
    tokenParam: string | null;
    params: Record<string, string>;
    headers: Record<string, string>;
    status: number;
    answer: unknown;
    /** The one kind of token it takes. */
    takes: "access" | "refresh" | "either";
  } | null;
  device: { at: string; verificationUri: string; interval: number; expiresIn: number } | null;
  /** RFC 7523 and its relatives. */
  jwt: {
    /** PEM (SPKI), or an HS secret. */
    key: string;
    algorithm: string;
    claims: Record<string, unknown>;
    /** The parameter of the token request, its Authorization header, or that of each request to the API. */
    in: "bearer" | "api" | (string & {});
  } | null;
  login: {
    at: string;
    method: string;
    headers: Record<string, string>;
    /** What the body must hold, at least. */
    body: unknown;
    answer: Record<string, unknown>;
    /** Where the answer has the token; the empty pointer is the whole answer. */
    tokenAt: string;
  } | null;
  api: {
    /** How requests show the credential; `{token}` is any token this vendor gave that is alive. */
    headers: Record<string, string>;
    query: Record<string, string>;
    /** Signs each request in place of that. */
    aws?: {
      accessKeyId: string;
      secretAccessKey: string;
      sessionToken?: string;
      region: string;
      service: string;
    };
    routes: Route[];
  };
  /** The next `times` requests of that kind go wrong; all of them unless told. */
  misbehave: Partial<Record<Place, { how: Misbehaviour; times?: number }>>;
};

export type Route = {
  method?: string;
  at: string;
  status?: number;
  answer: unknown;
  /** What the request must carry besides the credential. */
  headers?: Record<string, string>;
  query?: Record<string, string>;
  answerHeaders?: Record<string, string>;
  /** Shown in another way than elsewhere in this API. */
  credential?: Record<string, string>;
};

export type Place = "authorize" | "token" | "refresh" | "revoke" | "device" | "login" | "api";

export const misbehaviours = [
  "html",
  "html-404",
  "huge",
  "huge-unannounced",
  "html-as-json",
  "json-as-html",
  "array",
  "empty",
  "no-token",
  "token-is-object",
  "token-with-newline",
  "endless-token",
  "redirect-private",
  "redirect-public",
  "401",
  "403",
  "429",
  "500",
  "503",
  "hang",
  "hang-in-body",
  "lost",
  "truncated",
  "invalid_grant",
  "invalid_client",
  "invalid_scope",
  "unauthorized_client",
  "unsupported_grant_type",
  "server_error",
  "a-secret-in-the-error",
] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

export type PartialQuirks = {
  [Section in keyof Quirks]?: Quirks[Section] extends unknown[] | null
    ? Quirks[Section]
    : Partial<NonNullable<Quirks[Section]>> | null;
};

const wellBehaved: Quirks = {
  client: { id: "hub-client", secret: "hub-secret" },
  redirectUris: null,
  authorize: {
    at: "/authorize",
    params: {},
    refuses: [],
    pkce: "optional",
    scopes: null,
    nonce: false,
    consent: "auto",
    decision: "grant",
    codeParam: "code",
    extra: {},
    signed: false,
    iss: null,
    grants: null,
  },
  token: {
    at: "/token",
    refreshAt: null,
    clientAuth: "any",
    body: "form",
    grantTypes: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ],
    headers: {},
    params: {},
    refreshParams: {},
    answer: {},
    tokenAt: "/access_token",
    refreshTokenAt: "/refresh_token",
    omit: [],
    tokenType: "Bearer",
    expiresIn: 3600,
    expiry: null,
    type: "json",
    status: 200,
    errors: "rfc",
    refreshTokens: "always",
    typedRefreshToken: null,
    rotation: "none",
    endsOldToken: false,
    idToken: null,
    scopeSeparator: " ",
  },
  revoke: {
    at: "/revoke",
    method: "POST",
    auth: "post",
    body: "form",
    tokenParam: "token",
    params: {},
    headers: {},
    status: 200,
    answer: {},
    takes: "either",
  },
  device: {
    at: "/device",
    verificationUri: "https://vendor.example.com/activate",
    interval: 1,
    expiresIn: 600,
  },
  jwt: null,
  login: null,
  api: {
    headers: { authorization: "Bearer {token}" },
    query: {},
    routes: [{ at: "/api/me", answer: { id: "u-1", name: "Ada", email: "ada@example.org" } }],
  },
  misbehave: {},
};

const loginDefaults: NonNullable<Quirks["login"]> = {
  at: "/login",
  method: "POST",
  headers: {},
  body: {},
  answer: {},
  tokenAt: "/token",
};

/** A well-behaved vendor but for what is told. Null takes a whole ability away. */
export function quirksOf(told: PartialQuirks): Quirks {
  const base = structuredClone(wellBehaved);
  return {
    client: { ...base.client, ...told.client },
    redirectUris: told.redirectUris ?? null,
    authorize: { ...base.authorize, ...told.authorize },
    token: { ...base.token, ...told.token },
    revoke: told.revoke === null ? null : { ...base.revoke!, ...told.revoke },
    device: told.device === null ? null : { ...base.device!, ...told.device },
    jwt: told.jwt
      ? { key: "", algorithm: "RS256", claims: {}, in: "assertion", ...told.jwt }
      : null,
    login: told.login ? { ...loginDefaults, ...told.login } : null,
    api: { ...base.api, ...told.api },
    misbehave: { ...told.misbehave },
  };
}
