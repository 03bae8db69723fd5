import { words } from "../words";

const say = words.signIn.providerErrors;

/** Why another service did not sign somebody in, from the code it came back with. */
export function providerError(code: string): string {
  if (/access_denied|consent_required|cancel/i.test(code)) return say.denied;
  if (/account_not_linked|already_linked|unable_to_link/i.test(code)) return say.linked;
  if (/sign_up_by_invitation|signup_disabled/i.test(code)) return say.closed;
  if (/email_not_verified|email_is_missing|email_not_found/i.test(code)) return say.noEmail;
  return say.unknown;
}
