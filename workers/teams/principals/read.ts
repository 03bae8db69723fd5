import type { Asking } from "../authenticate";
import { readAccessToken } from "./access-token";
import { readApiKey } from "./api-key";
import { readClientToken } from "./client-token";
import { isApiKey } from "../keys/api-key";
import { noKey, type Principal } from "./principal";
import { readSession } from "./session";

/**
 * What a request proves who asks with. `place` is where it is remembered: kind and SHA-256, so that no secret is kept and
 * none is taken for one of another kind. Tokens are good at one resource only.
 */
export type Credential =
  | { kind: "apiKey"; place: string; hash: string; token: string }
  | { kind: "session"; place: string; token: string }
  | { kind: "accessToken" | "clientToken"; place: string; token: string; resource: string };

/** Who stands behind a credential. Throws `unauthorized` for one that is not known, was revoked, or is meant for elsewhere. */
export async function readPrincipal(asking: Asking, credential: Credential): Promise<Principal> {
  switch (credential.kind) {
    case "apiKey":
      if (!isApiKey(credential.token)) throw noKey();
      return readApiKey(asking.env, credential.hash);
    case "session":
      return readSession(asking.env, credential.token);
    case "accessToken":
      return readAccessToken(asking, credential);
    case "clientToken":
      return readClientToken(asking, credential);
  }
}
