import { HubError } from "../../platform/errors";
import { retryAfterSeconds } from "../../platform/retry-after";

/** What a vendor's HTTP status means where it is no success, with the next step; undefined for a success. */
export function vendorRefusal(name: string, response: Response): HubError | undefined {
  const { status, ok } = response;
  if (ok) return undefined;
  const seconds = retryAfterSeconds(response.headers.get("retry-after"), Date.now());
  const details = {
    upstreamStatus: status,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  };
  const said = (code: ConstructorParameters<typeof HubError>[0], words: string) =>
    new HubError(code, `${name} ${words}`, { details });
  if (status === 401)
    return said(
      "upstream_unauthorized",
      "does not accept this credential (HTTP 401). Check that it is whole, has not ended and belongs to this account.",
    );
  if (status === 403)
    return said(
      "upstream_unauthorized",
      "refuses what this credential asks for (HTTP 403). Give it the permissions the connector needs, or use another.",
    );
  if (status === 429)
    return said("upstream_error", "limits its own calls (HTTP 429). Wait and try again.");
  if (status === 408 || status === 504)
    return said(
      "upstream_timeout",
      `says that it ran out of time (HTTP ${status}). Try again later.`,
    );
  if (status >= 500) return said("upstream_error", `failed (HTTP ${status}). Try again later.`);
  if (status === 404)
    return said(
      "upstream_error",
      "knows nothing at this address (HTTP 404). Check what was entered for the account, such as its host.",
    );
  return said(
    "upstream_error",
    `refused the request (HTTP ${status}). Check what was entered for the account and the credential.`,
  );
}
