import type { Obtained, SecretRecord, SignIn } from "../../auth/types";
import type { OAuthClient } from "../client";

/** RFC 6749, 6, for the server the token is for (RFC 8707). One request; nothing that can be said is thrown. */
export async function refreshMcpToken(
  env: Env,
  signIn: SignIn,
  held: { record: SecretRecord; client: OAuthClient | null },
): Promise<Obtained> {
  const { renewMcpToken } = await import("./renew");
  return renewMcpToken(env, signIn, held);
}
