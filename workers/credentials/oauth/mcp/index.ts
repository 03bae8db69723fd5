import type { Author } from "../../../audit";
import type { Obtained } from "../../auth/types";
import type { McpSignInReturned } from "./finish";
import type { McpSignInAsked, McpSignInBegun } from "./sign-in";

export { createClientDocumentRoutes } from "./client-document";
export type { McpSignInBegun } from "./sign-in";

// What signing in needs is loaded when somebody first does.

/**
 * Begins a sign-in at an MCP server, as its authorization of 2025-03-26 to 2026-07-28 has it: finds its authorization
 * server, becomes a client there, and says where to send the person.
 */
export async function startMcpSignIn(ctx: Author, asked: McpSignInAsked): Promise<McpSignInBegun> {
  const { beginMcpSignIn } = await import("./sign-in");
  return beginMcpSignIn(ctx, asked);
}

/**
 * From the browser's return to a token. `query` is all of it; the state is whoever began the flow's to check. A failure
 * names the fault the flow ends with.
 */
export async function finishMcpSignIn(env: Env, returned: McpSignInReturned): Promise<Obtained> {
  const { endMcpSignIn } = await import("./finish");
  return endMcpSignIn(env, returned);
}

/** Where a program gets its token for an MCP server. Throws `upstream_*` and `outbound_refused`. */
export async function mcpTokenPlace(env: Env, url: string) {
  const { findMcpTokenPlace } = await import("./token-place");
  return findMcpTokenPlace(env, url);
}
