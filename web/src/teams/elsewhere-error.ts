import { isErrorCode, type ErrorCode } from "../../../shared/errors";
import { words } from "../words";

const { providerErrors, ssoErrors } = words.signIn;

/** Why somebody who signed in elsewhere came back without a session; undefined where nobody was refused. */
export function elsewhereError({
  error,
  sso,
}: {
  error: string | undefined;
  sso: string | undefined;
}): string | undefined {
  if (error !== undefined) return providerError(error);
  return sso === undefined ? undefined : ssoError(sso);
}

/** From the code another service came back with. */
function providerError(code: string): string {
  if (/access_denied|consent_required|cancel/i.test(code)) return providerErrors.denied;
  if (/account_not_linked|already_linked|unable_to_link/i.test(code)) return providerErrors.linked;
  if (/sign_up_by_invitation|signup_disabled/i.test(code)) return providerErrors.closed;
  if (/email_not_verified|email_is_missing|email_not_found/i.test(code))
    return providerErrors.noEmail;
  return providerErrors.unknown;
}

const why: Partial<Record<ErrorCode, string>> = {
  forbidden: ssoErrors.forbidden,
  link_expired: ssoErrors.expired,
  link_used: ssoErrors.expired,
  locked_out: ssoErrors.tooMany,
  rate_limited: ssoErrors.tooMany,
  outbound_refused: ssoErrors.theirs,
  upstream_error: ssoErrors.theirs,
  upstream_invalid: ssoErrors.theirs,
  upstream_too_large: ssoErrors.theirs,
  upstream_unauthorized: ssoErrors.theirs,
  upstream_timeout: ssoErrors.passing,
  upstream_unreachable: ssoErrors.passing,
  unavailable: ssoErrors.passing,
};

/** From the hub's own code. */
const ssoError = (code: string): string => (isErrorCode(code) && why[code]) || ssoErrors.unknown;
