import type { AuthMethod } from "../../../shared/catalogue/manifest";
import type { FlowErrorCode } from "../../../shared/contracts/connect-flows";

/**
 * What is sealed of a connection: the fields somebody typed, and for methods that have one the token in use, under the
 * names below. `expiresAt` and `obtainedAt` are milliseconds since the epoch, as text; without `expiresAt` nobody knows
 * of an end.
 */
export type SecretRecord = Record<string, string>;
export const tokenFields = [
  "accessToken",
  "refreshToken",
  "tokenType",
  "idToken",
  "scope",
  "expiresAt",
  "obtainedAt",
] as const;

/**
 * What was found out while signing in, and renewing needs: no secret. Of an MCP server's authorization server, and of
 * vendors whose answers named endpoints.
 */
export type AuthState = {
  issuer?: string;
  tokenUrl?: string;
  revokeUrl?: string;
  resource?: string;
  /** A row of `oauth_clients`. */
  oauthClientId?: string;
  /** The authorization server said that it names itself in every redirect (RFC 9207). */
  requiresIss?: boolean;
};

/** How one connection signs in, as far as it is no secret. */
export type SignIn = {
  connector: string;
  method: AuthMethod;
  params: Record<string, string>;
  /** Granted. */
  scopes: string[];
  state: AuthState | null;
};

/** A credential as requests show it. */
export type Presented = {
  headers: Record<string, string>;
  query: Record<string, string>;
  /** Signs one request; its headers come on top. For AWS. */
  sign?: (request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string | null;
  }) => Promise<Record<string, string>>;
  /** What must not come back in any answer, by a name that says what it is: for `maskFor`. */
  secrets: Record<string, string>;
  /** The opened record, for requests whose templates name a field or the token themselves. */
  record?: SecretRecord;
};

/**
 * Why no token was to be had. `transient`: it may work in a while. `revoked`: somebody has to sign in again.
 * `misconfigured`: the app, a key or a parameter is wrong; signing in again would not help.
 */
export type TokenFailure = {
  kind: "transient" | "revoked" | "misconfigured";
  /** In the hub's own words, with the next step; never the vendor's. */
  message: string;
  /** RFC 6749's code, where the vendor sent one that is known. */
  error?: string;
  retryAfterSeconds?: number;
  /** What a sign-in under way comes to by it, where the kind alone would say too little. */
  fault?: FlowErrorCode;
};

export type Obtained =
  | {
      ok: true;
      /** The whole record as it is now: fields, and the new token's. */
      record: SecretRecord;
      expiresAt: number | null;
      /** Null where the answer did not say. */
      scopes: string[] | null;
      /** Parameters the answer brought. */
      params: Record<string, string>;
    }
  | { ok: false; failure: TokenFailure };
