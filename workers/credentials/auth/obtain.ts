import { mintToken } from "./mint";
import type { Obtained, SecretRecord, SignIn } from "./types";
import type { OAuthClient } from "../oauth/client";
import { refreshMcpToken } from "../oauth/mcp/refresh";
import { refreshToken } from "../oauth/refresh";

/** Whether the hub gets a new token by itself when the one in use ends, with what this record holds. */
export function canRenew({ method }: SignIn, record: SecretRecord): boolean {
  switch (method.kind) {
    case "oauth2_code":
    case "oauth2_device":
    case "mcp_oauth":
      return record["refreshToken"] !== undefined;
    case "oauth2_client_credentials":
    case "session":
      return true;
    case "signed_jwt":
      return true;
    case "api_key":
    case "bearer":
    case "basic":
    case "none":
    case "headers":
    case "aws_sigv4":
    case "database":
    case "client_certificate":
    case "ssh_key":
      return false;
  }
}

/**
 * A new token: renewed, or made anew from what was typed. Sends one request at most once; whoever calls it sees to it
 * that nobody else does at the same time. Never throws what it can say in a failure.
 */
export function obtainToken(
  env: Env,
  signIn: SignIn,
  { record, client }: { record: SecretRecord; client: OAuthClient | null },
): Promise<Obtained> {
  switch (signIn.method.kind) {
    case "oauth2_code":
    case "oauth2_device":
      return refreshToken(env, signIn, { record, client });
    case "mcp_oauth":
      return refreshMcpToken(env, signIn, { record, client });
    case "oauth2_client_credentials":
    case "session":
    case "signed_jwt":
      return mintToken(env, signIn, record);
    case "api_key":
    case "bearer":
    case "basic":
    case "none":
    case "headers":
    case "aws_sigv4":
    case "database":
    case "client_certificate":
    case "ssh_key":
      throw new Error(`The method ${signIn.method.kind} has no token.`);
  }
}
