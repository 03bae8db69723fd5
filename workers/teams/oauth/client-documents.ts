// Client ID Metadata Documents (draft-ietf-oauth-client-id-metadata-document-00): a client's id is the URL of what it
// says of itself. The OAuth library would fetch it with the runtime's own fetch, follow redirects and know no guard, so
// the hub reads it and hands the library a client as if it were registered.
import * as z from "zod";
import type { ClientInfo } from "@cloudflare/workers-oauth-provider";
import { HubError } from "../../platform/errors";
import { Lru } from "../../platform/lru";
import { guardedFetch } from "../../platform/outbound";
import { outboundPolicy } from "../../platform/settings";

const maxIdLength = 400;
const maxBytes = 5 * 1024;
const timeoutMs = 10_000;
const rememberMs = 5 * 60_000;

const scheme = /^[a-z][a-z0-9+.-]*:/i;
/** Schemes that belong to the browser or the system: none of them is an app of its own. */
export const foreignScheme =
  /^\s*(javascript|data|vbscript|file|mailto|blob|about|view-source|ftps?|wss?|chrome|tel|sms|intent|ms-[a-z-]+):/i;
const text = z.string().max(2000);

const Document = z.object({
  client_id: text,
  client_name: z.string().trim().min(1).max(200),
  redirect_uris: z
    .array(text.refine((uri) => scheme.test(uri) && !foreignScheme.test(uri)))
    .min(1)
    .max(50),
  client_uri: text.regex(/^https?:\/\//i).optional(),
  grant_types: z.array(text).optional(),
  response_types: z.array(text).optional(),
  token_endpoint_auth_method: text.optional(),
  token_endpoint_auth_methods_supported: z.array(text).optional(),
  client_secret: z.undefined().optional(),
  client_secret_expires_at: z.undefined().optional(),
});

const documents = new Lru<{ client: ClientInfo; until: number }>(500);

export const isDocumentUrl = (clientId: string): boolean => clientId.startsWith("https://");

/**
 * The client its document describes. `admit` is asked before anything is sent. Throws `invalid_input`, or what `admit`
 * throws.
 */
export async function readClientDocument(
  env: Env,
  clientId: string,
  admit: () => Promise<void>,
): Promise<ClientInfo> {
  const known = documents.get(clientId);
  if (known !== undefined && known.until > Date.now()) return known.client;
  requireCanonical(clientId);
  await admit();
  const client = clientOf(clientId, await fetchDocument(env, clientId));
  documents.set(clientId, { client, until: Date.now() + rememberMs });
  return client;
}

/** One URL, one client: another spelling of the same address would be a second id of it. */
function requireCanonical(clientId: string): void {
  const url = clientId.length > maxIdLength ? null : URL.parse(clientId);
  if (url?.href === clientId && url.pathname !== "/" && url.username === "" && url.hash === "")
    return;
  throw unusable("its id is no plain https URL with a path");
}

async function fetchDocument(env: Env, clientId: string): Promise<unknown> {
  try {
    const response = await guardedFetch({ ...outboundPolicy(env), maxRedirects: 0 }, clientId, {
      method: "GET",
      headers: { accept: "application/json", "user-agent": "Plugboard" },
      maxBytes,
      timeoutMs,
      idleTimeoutMs: timeoutMs,
    });
    const type = response.headers.get("content-type") ?? "";
    if (response.status !== 200 || !/^application\/([a-z0-9.+-]+\+)?json\b/i.test(type)) {
      await response.body?.cancel();
      throw new Error(`It answered with status ${response.status} and content type ${type}.`);
    }
    return await response.json();
  } catch (cause) {
    throw unusable("its metadata document could not be read", cause);
  }
}

function clientOf(clientId: string, said: unknown): ClientInfo {
  const { data: document, error } = Document.safeParse(said);
  if (!document) throw unusable("its metadata document is not valid", error);
  if (document.client_id !== clientId)
    throw unusable("its metadata document names another client than the URL it stands at");
  const methods = [
    document.token_endpoint_auth_method ?? "none",
    ...(document.token_endpoint_auth_methods_supported ?? []),
  ];
  // Keys would have to be fetched from where the client says, and an assertion's use counted.
  if (!methods.includes("none")) throw unusable("it can only sign in in ways this hub has not");
  return {
    clientId,
    clientName: document.client_name,
    ...(document.client_uri === undefined ? {} : { clientUri: document.client_uri }),
    redirectUris: document.redirect_uris,
    grantTypes: ["authorization_code", "refresh_token"],
    responseTypes: ["code"],
    tokenEndpointAuthMethod: "none",
  };
}

export class UnusableClient extends HubError {}

const unusable = (why: string, cause?: unknown) =>
  new UnusableClient("invalid_input", `This client cannot be let in: ${why}. Tell its maker.`, {
    cause,
  });
