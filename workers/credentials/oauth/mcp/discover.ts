import * as z from "zod";
import { scopesIn } from "../../../platform/bearer-challenge";
import type { OutboundPolicy } from "../../../platform/outbound";
import { askWithoutToken } from "./ask-without-token";
import { SignInFailure } from "./fault";
import { readDocument } from "./outbound";
import {
  coversServer,
  isIssuer,
  resourceMetadataUrls,
  resourceOf,
  serverMetadataUrls,
} from "./well-known";

const text = z.string().min(1).max(2000);
const texts = z.array(z.string().max(2000)).max(500);

/** RFC 9728, 2: as much of it as is used. */
const ResourceMetadata = z.object({
  resource: text,
  authorization_servers: z.array(text).max(20).default([]),
  scopes_supported: texts.default([]),
});
type ResourceMetadata = z.infer<typeof ResourceMetadata>;

/** RFC 8414, 2, and OpenID Connect's the same. */
const ServerMetadata = z.object({
  issuer: text,
  authorization_endpoint: text.optional(),
  token_endpoint: text,
  registration_endpoint: text.optional(),
  revocation_endpoint: text.optional(),
  scopes_supported: texts.optional(),
  grant_types_supported: texts.optional(),
  token_endpoint_auth_methods_supported: texts.optional(),
  code_challenge_methods_supported: texts.optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
});
export type ServerMetadata = z.infer<typeof ServerMetadata>;

/** Where a server lets people sign in, and what it asks of whoever wants a token. */
export type SignInPlace = {
  server: ServerMetadata;
  /** What tokens are to be for (RFC 8707). */
  resource: string;
  challenged: string[];
  published: string[];
};

const maxServersTried = 3;

/**
 * Finds where an MCP server lets people sign in: from its own refusal, else from where its metadata usually lies; a
 * server of 2025-03-26, which has none, is its own authorization server. Throws `SignInFailure` and what the guard
 * throws.
 */
export async function findSignInPlace(policy: OutboundPolicy, url: string): Promise<SignInPlace> {
  const { challenge, refused } = await askWithoutToken(policy, url);
  // What went wrong at one place matters only where none of the others serves.
  const faults: unknown[] = [];
  const read: Read = async (place) => {
    try {
      return await readDocument(policy, place);
    } catch (error) {
      faults.push(error);
      return null;
    }
  };
  const pointer = URL.parse(challenge?.resourceMetadata ?? "", url);
  const metadata = await resourceMetadata(read, url, pointer && secured(pointer, policy));
  const named = metadata?.authorization_servers ?? [];
  const { origin, host } = new URL(url);
  const server =
    (await firstServer(read, named.length > 0 ? named.slice(0, maxServersTried) : [origin])) ??
    (refused && !metadata && faults.length === 0 ? usualEndpoints(origin) : undefined);
  if (server)
    return {
      server,
      resource: metadata?.resource ?? resourceOf(url),
      challenged: challenge?.scopes ?? [],
      published: scopesIn(metadata?.scopes_supported.join(" ")),
    };
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  throw new SignInFailure(
    "discovery_failed",
    refused || metadata
      ? `${host} asks for a sign-in and does not say where. Ask who runs it, or connect with a token or headers of yours.`
      : `${host} asks nobody to sign in. Connect it without, or check that the URL is that of its MCP endpoint.`,
  );
}

type Read = (place: URL) => Promise<unknown>;

/** Throws for one that speaks of another server: a token for that one would be sent here. */
async function resourceMetadata(
  read: Read,
  url: string,
  pointer: URL | null,
): Promise<ResourceMetadata | undefined> {
  for (const place of [...(pointer ? [pointer] : []), ...resourceMetadataUrls(url)]) {
    const { data } = ResourceMetadata.safeParse(await read(place));
    if (!data) continue;
    if (coversServer(data.resource, url)) return data;
    throw new SignInFailure(
      "discovery_failed",
      `${new URL(url).host} says that it is another server${hostIn(data.resource)}, so nobody is sent to sign in there. Check the URL, or ask who runs it.`,
    );
  }
  return undefined;
}

/** Some name their metadata by http and answer by https: nothing is asked in the clear. */
function secured(url: URL, policy: OutboundPolicy): URL {
  if (url.protocol !== "http:" || policy.allowLoopback) return url;
  const safe = new URL(url);
  safe.protocol = "https:";
  return safe;
}

/** Throws for metadata of another issuer than it was asked for (RFC 8414, 3.3), where no other serves. */
async function firstServer(
  read: Read,
  issuers: readonly string[],
): Promise<ServerMetadata | undefined> {
  let other: { asked: string; said: string } | undefined;
  for (const asked of issuers.filter((issuer) => URL.canParse(issuer)))
    for (const place of serverMetadataUrls(asked)) {
      const { data } = ServerMetadata.safeParse(await read(place));
      if (data && isIssuer(data.issuer, asked)) return data;
      if (data) other ??= { asked, said: data.issuer };
    }
  if (other === undefined) return undefined;
  throw new SignInFailure(
    "issuer_mismatch",
    `${new URL(other.asked).host} describes the sign-in of another server${hostIn(other.said)}, so nobody is sent there. Ask who runs it to mend its metadata.`,
  );
}

/** Of what a server says only the host is told on. */
function hostIn(said: string): string {
  const host = URL.parse(said)?.host ?? "";
  return host === "" ? "" : ` (${host.slice(0, 100)})`;
}

/** Where MCP of 2025-03-26 has them. What a server does not say, PKCE above all, it was bound to know. */
const usualEndpoints = (origin: string): ServerMetadata => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  registration_endpoint: `${origin}/register`,
  code_challenge_methods_supported: ["S256"],
});
