import {
  AuthorizationError,
  authorizationErrorRedirect,
  type AuthRequest,
} from "@cloudflare/workers-oauth-provider";
import { UnusableClient } from "./client-documents";
import { resourceAt } from "./resources";
import { issuerAt, type Issuer } from "./server";

const maxQueryLength = 8000;

/** What an authorization request comes to. Nothing here depends on who is signed in. */
export type Parsed =
  | { kind: "valid"; request: AuthRequest; issuer: Issuer }
  /** A fault the client is told of: its redirect URI is its own, and leads where no stranger can send anybody. */
  | { kind: "redirect"; to: string }
  /** A fault that is told to the person, since nothing says that the redirect URI may be followed. */
  | { kind: "refused"; sentence: string };

/** Judges the query of `/oauth/authorize`. */
export async function parseAuthorization(
  env: Env,
  asked: { origin: string; query: string; address: string },
): Promise<Parsed> {
  const { origin, query, address } = asked;
  const params = new URLSearchParams(query);
  if (query.length > maxQueryLength) return refused("the request is too long");
  const repeated = [...params.keys()].find(
    (name) => name !== "resource" && params.getAll(name).length > 1,
  );
  // RFC 6749 §3.1. Of two values, two readers might each take another one.
  if (repeated !== undefined) return refused("it sent a parameter twice");
  const resource = resourceAt(origin, params.get("resource") ?? "");
  const issuer = issuerAt(env, origin, { address, resources: [resource] });
  try {
    const request = await issuer.helpers.parseAuthRequest(
      new Request(`${origin}/oauth/authorize?${query}`),
    );
    // RFC 9700 §2.1.1: of every client, though the library asks it of public ones only.
    if (
      request.codeChallengeMethod !== "S256" ||
      !/^[\w-]{43}$/.test(request.codeChallenge ?? "")
    ) {
      const to = authorizationErrorRedirect(
        request,
        "invalid_request",
        "A code_challenge with the method S256 is required.",
      );
      return faultFor({ to, sentence: "it did not protect its request (PKCE, S256)" });
    }
    return { kind: "valid", request, issuer };
  } catch (error) {
    if (error instanceof UnusableClient) return { kind: "refused", sentence: error.message };
    if (!(error instanceof AuthorizationError)) throw error;
    if (error.redirectTo === undefined)
      return refused(
        error.description.toLowerCase().includes("redirect")
          ? "it asked to be answered at an address it has not registered"
          : "it is not registered here",
      );
    return faultFor({
      to: error.redirectTo,
      sentence: `its request is not valid (${error.code})`,
    });
  }
}

/**
 * Anybody can register a client or publish a document of one, so an automatic redirect to the https address it names
 * would make the hub an open redirector (RFC 9700 §4.11.2). It is done to apps on the person's own machine only.
 */
function faultFor(fault: { to: string; sentence: string }): Parsed {
  return new URL(fault.to).protocol === "https:"
    ? refused(fault.sentence)
    : { kind: "redirect", to: fault.to };
}

const refused = (why: string): Parsed => ({
  kind: "refused",
  sentence: `The app that sent you here cannot be let in: ${why}. Go back to it and start again.`,
});
