import { randomBytes } from "node:crypto";

type Grant = {
  scope: string;
  /** All that was asked for at sign-in. */
  asked: Record<string, string>;
  alive: boolean;
};
type AccessToken = { grant: Grant; alive: boolean };
type RefreshToken = { grant: Grant; used: boolean };
export type Code = {
  grant: Grant;
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
};
export type DeviceCode = {
  grant: Grant;
  userCode: string;
  decision: "waiting" | "grant" | "denied";
};

/** What a vendor has given: codes, tokens, and the families tokens belong to. */
export class Grants {
  readonly codes = new Map<string, Code>();
  readonly devices = new Map<string, DeviceCode>();
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();

  static secret(prefix: string): string {
    return `${prefix}_${randomBytes(18).toString("base64url")}`;
  }

  begin(scope: string, asked: Record<string, string> = {}): Grant {
    return { scope, asked, alive: true };
  }

  giveAccess(grant: Grant): string {
    const token = Grants.secret("at");
    this.#access.set(token, { grant, alive: true });
    return token;
  }

  giveRefresh(grant: Grant): string {
    const token = Grants.secret("rt");
    this.#refresh.set(token, { grant, used: false });
    return token;
  }

  /** The family of a refresh token. An old one of a strict vendor ends it. */
  redeem(token: string, rotation: "none" | "rolling" | "strict"): Grant | string {
    const known = this.#refresh.get(token);
    if (!known) return "The refresh token is unknown.";
    if (!known.grant.alive) return "The grant has been revoked.";
    if (rotation !== "strict") return known.grant;
    if (known.used) {
      known.grant.alive = false;
      return "The refresh token was used before: its whole family is revoked.";
    }
    known.used = true;
    return known.grant;
  }

  endAccessOf(grant: Grant): void {
    for (const token of this.#access.values()) if (token.grant === grant) token.alive = false;
  }

  isAlive(token: string): boolean {
    const known = this.#access.get(token);
    return known !== undefined && known.alive && known.grant.alive;
  }

  scopeOf(token: string): string {
    return this.#access.get(token)?.grant.scope ?? "";
  }

  /** Ends a token's whole grant. False where it is none of the kind. */
  revoke(token: string, takes: "access" | "refresh" | "either"): boolean {
    const known =
      (takes === "refresh" ? undefined : this.#access.get(token)) ??
      (takes === "access" ? undefined : this.#refresh.get(token));
    if (!known) return false;
    known.grant.alive = false;
    return true;
  }

  /** All access tokens end; refresh tokens live on. */
  expireAccess(): void {
    for (const token of this.#access.values()) token.alive = false;
  }

  /** As if everybody had withdrawn their consent. */
  revokeAll(): void {
    for (const { grant } of [...this.#access.values(), ...this.#refresh.values()])
      grant.alive = false;
  }
}
