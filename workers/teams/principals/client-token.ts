import type { Asking } from "../authenticate";
import { unauthorized, type Principal } from "./principal";

export async function readClientToken(
  _asking: Asking,
  _credential: { token: string; resource: string },
): Promise<Principal> {
  throw unauthorized("This token has expired or was revoked. Get a new one.");
}
