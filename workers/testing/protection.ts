import { accountExamples } from "./protection/account";
import { callExamples } from "./protection/calls";
import { connectionExamples } from "./protection/connections";
import { jobExamples } from "./protection/jobs";
import { keyAndClientExamples } from "./protection/keys-and-clients";
import { limitExamples } from "./protection/limits";
import { recordExamples } from "./protection/records";
import { secretExamples } from "./protection/secrets";
import { signingInExamples } from "./protection/signing-in";
import { teamExamples } from "./protection/team";
import type { Example } from "./protection/example";

/**
 * Every route of the OpenAPI document has a row in one of these. None of the requests changes anything when a caller
 * who may send it sends it with an id nobody has.
 */
export const examples: Record<string, Example> = {
  ...signingInExamples,
  ...accountExamples,
  ...teamExamples,
  ...keyAndClientExamples,
  ...connectionExamples,
  ...secretExamples,
  ...callExamples,
  ...jobExamples,
  ...limitExamples,
  ...recordExamples,
};

/** What requests pass on their way to a route, and end at in none. */
export const passages = [
  "/*",
  "/api/v1/*",
  "/api/v1/account/*",
  "/api/v1/account/invitations/*",
  "/api/v1/teams/*",
];

/** What the hub serves beside its OpenAPI document. All of it is open but `/mcp`, which has claims of its own. */
export const undocumented = [
  "/api/openapi.json",
  "/api/docs",
  "/mcp",
  "/mcp/c/:connection",
  "/oauth/authorize",
  "/oauth/client.json",
  "/oauth/token",
  "/oauth/revoke",
  "/oauth/register",
  "/.well-known/oauth-authorization-server",
  "/.well-known/oauth-protected-resource",
  "/.well-known/oauth-protected-resource/mcp",
  "/.well-known/oauth-protected-resource/mcp/c/:slug",
];
