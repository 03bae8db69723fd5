import { HubError } from "../../platform/errors";
import { errors } from "../../../shared/errors";
import { toHubError } from "../../platform/error-response";
import { readBody } from "../../platform/request-body";
import { describeError, log } from "../../platform/log";

const maxFormBytes = 100 * 1024;
const noStore = { "cache-control": "no-store", pragma: "no-cache" };

/** An error as the token endpoint tells it (RFC 6749 §5.2). */
export function oauthError(
  error: string,
  description: string,
  options: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(
    { error, error_description: description },
    { status: options.status ?? 400, headers: { ...noStore, ...options.headers } },
  );
}

export const notPosted = (): Response =>
  oauthError("invalid_request", "Send a POST.", { status: 405, headers: { allow: "POST" } });

export function oauthAnswer(body: object): Response {
  return Response.json(body, { headers: noStore });
}

/** Whatever was thrown, in OAuth's own shape. */
export function oauthFailure(error: unknown, requestId: string): Response {
  const known = toHubError(error);
  const { status } = errors[known.code];
  if (known.code === "internal" || known.code === "unavailable") {
    log("error", "request.failed", { requestId, code: known.code, error: describeError(error) });
    return oauthError("server_error", `${known.message} Request id: ${requestId}.`, { status });
  }
  if (known.code === "rate_limited") {
    const seconds = Number(known.details?.["retryAfterSeconds"] ?? 60);
    return oauthError("temporarily_unavailable", known.message, {
      status,
      headers: { "retry-after": String(seconds) },
    });
  }
  return oauthError("invalid_request", known.message, { status });
}

/**
 * The form a client posted. Each parameter may be there once (RFC 6749 §3.2), so that no two readers can understand it
 * differently; only `resource` may be repeated, which the library refuses by its own name.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new HubError(
      "invalid_input",
      "Send the body as a form, with Content-Type: application/x-www-form-urlencoded.",
    );
  const form = new URLSearchParams(new TextDecoder().decode(await readBody(request, maxFormBytes)));
  const repeated = [...form.keys()].find(
    (name) => name !== "resource" && form.getAll(name).length > 1,
  );
  if (repeated !== undefined)
    throw new HubError("invalid_input", "Send each parameter of the form once.");
  return form;
}

/** Who the client says it is: HTTP Basic, or parameters of the form. */
export function credentialsOf(
  request: Request,
  form: URLSearchParams,
): { clientId: string; secret: string; basic: boolean } {
  const [, encoded] =
    /^Basic +([\w+/=-]+) *$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (encoded === undefined)
    return {
      clientId: form.get("client_id") ?? "",
      secret: form.get("client_secret") ?? "",
      basic: false,
    };
  const [clientId = "", secret = ""] = decoded(encoded);
  return { clientId, secret, basic: true };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function decoded(encoded: string): string[] {
  try {
    const [clientId = "", ...secret] = atob(encoded).split(":");
    return [clientId, secret.join(":")].map((half) =>
      decodeURIComponent(half.replaceAll("+", " ")),
    );
  } catch {
    return [];
  }
}

/** The same request with this form as its body: what was read here is what the library reads. */
export function withForm(request: Request, url: string, form: URLSearchParams): Request {
  const headers = new Headers({ "content-type": "application/x-www-form-urlencoded" });
  const authorization = request.headers.get("authorization");
  if (authorization !== null) headers.set("authorization", authorization);
  return new Request(url, { method: "POST", headers, body: form.toString() });
}
