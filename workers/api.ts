import type { HonoRequest } from "hono";
import { auditRoutes } from "./audit";
import {
  createCallbackRoutes,
  createConnectFlowRoutes,
  createConnectionRoutes,
  removeOwnOf,
} from "./connections";
import { createConnectorRoutes } from "./connectors";
import {
  configuredApp,
  createClientDocumentRoutes,
  createOAuthAppRoutes,
  createSecretRoutes,
  createTeamKey,
  createVaultRoutes,
  deleteSecret,
  destroyTeamKey,
  discardSecret,
  openSecret,
  putSecret,
  redirectUriOf,
} from "./credentials";
import {
  createActionRoutes,
  createArchiveRoutes,
  createBulkJobRoutes,
  createCallRoutes,
  createChartRoutes,
  createExecutionRoutes,
  createJobRoutes,
  createLimitRoutes,
  createLiveRoutes,
  createMetricsRoutes,
} from "./executions";
import { health } from "./health";
import { createClientRoutes, createMcpRoutes } from "./mcp";
import { createNoticeRoutes } from "./notifications";
import { createHttpApp } from "./platform/http";
import { apiResource, mcpResource } from "./platform/resources";
import { describeApi } from "./platform/reference";
import {
  askingOf,
  createAccessTokenRoutes,
  createAccountRoutes,
  createApiKeyRoutes,
  createAuthRoutes,
  createConsentRoutes,
  createGrantRoutes,
  createInvitationRoutes,
  createInvitationSignInRoutes,
  createMachineClientRoutes,
  createMeRoutes,
  createMemberRoutes,
  createMyInvitationRoutes,
  createOAuthRoutes,
  createRoleRoutes,
  createSsoRoutes,
  createSsoSignInRoutes,
  createTeamRoutes,
  createTeamsRoutes,
  enter,
  enterWithTicket,
  isPersonPath,
  createWellKnownRoutes,
} from "./teams";
import { createToolRoutes, forgetStatements, snapshotStatements } from "./tools";

const app = createHttpApp();

// credentials/ and teams/ stand on one floor: what single sign-on needs of the vault is handed in.
const vault = { putSecret, openSecret, deleteSecret, discardSecret };

// What a page cannot say in a header may stand in the address of the live stream, and nowhere else.
const ticketOf = (request: HonoRequest): string | undefined =>
  request.method === "GET" && request.path === "/api/v1/live" ? request.query("ticket") : undefined;

// A call is checked for freshness when it is admitted; everything else here, before it is served.
const callPath = /^\/api\/v1\/tools\/[^/]+\/call$/;
app.use("/api/v1/*", async (c, next) => {
  if (isPersonPath(c.req.path)) return next();
  const ticket = ticketOf(c.req);
  if (ticket !== undefined) {
    const entered = await enterWithTicket(askingOf(c), ticket);
    c.set("ctx", entered.ctx);
    c.set("ticketScope", entered.scope);
    return next();
  }
  const fresh = !callPath.test(c.req.path);
  c.set("ctx", await enter(askingOf(c), { sessions: true, resource: apiResource, fresh }));
  await next();
});

export const api = app
  .route("/health", health)
  .route("/.well-known", createWellKnownRoutes())
  // A vendor sends the browser back here: before the routes of the hub's own authorization server.
  .route("/oauth/callback", createCallbackRoutes({ snapshot: snapshotStatements }))
  .route("/oauth", createOAuthRoutes())
  .route("/oauth", createClientDocumentRoutes())
  .route("/api/auth/consent", createConsentRoutes())
  .route("/api/auth/invitation", createInvitationSignInRoutes())
  .route("/api/auth", createAuthRoutes(createTeamKey))
  .route("/api/auth/sso", createSsoSignInRoutes(vault))
  .route("/api/v1/account/access-token", createAccessTokenRoutes())
  .route("/api/v1/account", createAccountRoutes())
  .route("/api/v1/me", createMeRoutes())
  .route("/api/v1/account/invitations", createMyInvitationRoutes())
  .route("/api/v1/teams", createTeamsRoutes({ createTeamKey, destroyTeamKey }))
  .route("/api/v1/team", createTeamRoutes(destroyTeamKey))
  .route("/api/v1/team/sso", createSsoRoutes(vault))
  .route(
    "/api/v1/members",
    createMemberRoutes((ctx, personId) => removeOwnOf(ctx, personId, forgetStatements)),
  )
  .route("/api/v1/invitations", createInvitationRoutes())
  .route("/api/v1/roles", createRoleRoutes())
  .route("/api/v1/api-keys", createApiKeyRoutes())
  .route(
    "/api/v1/connections",
    createConnectionRoutes({ snapshot: snapshotStatements, forget: forgetStatements }),
  )
  .route("/api/v1/connectors", createConnectorRoutes({ redirectUriOf, configuredApp }))
  .route("/api/v1/connect-flows", createConnectFlowRoutes({ snapshot: snapshotStatements }))
  .route("/api/v1/oauth-apps", createOAuthAppRoutes())
  .route("/api/v1/secrets", createSecretRoutes())
  .route("/api/v1/vault", createVaultRoutes())
  .route("/api/v1/tools", createCallRoutes())
  .route("/api/v1/tools", createToolRoutes())
  .route("/api/v1/executions", createChartRoutes())
  .route("/api/v1/executions", createArchiveRoutes())
  .route("/api/v1/executions", createExecutionRoutes())
  .route("/api/v1/executions", createActionRoutes())
  .route("/api/v1/jobs", createJobRoutes())
  .route("/api/v1/jobs", createBulkJobRoutes())
  .route("/api/v1/live", createLiveRoutes())
  .route("/api/v1/metrics", createMetricsRoutes())
  .route("/api/v1/limits", createLimitRoutes())
  .route("/api/v1/client-grants", createGrantRoutes())
  .route("/api/v1/machine-clients", createMachineClientRoutes())
  .route("/api/v1/clients", createClientRoutes())
  .route("/api/v1/notices", createNoticeRoutes())
  .route("/api/v1/audit", auditRoutes)
  // A page has no business at the MCP endpoint: a session is not taken there.
  .route(
    "/mcp",
    createMcpRoutes((c) =>
      enter(askingOf(c), { sessions: false, resource: mcpResource, fresh: false }),
    ),
  );

describeApi(api, [
  { name: "Team", description: "Who you are, what you may do, and the team you do it in." },
  { name: "Members", description: "Who belongs to the team, who is invited, and their roles." },
  {
    name: "Signing in",
    description: "The first team of an empty hub, and sessions for people with a browser.",
  },
  {
    name: "Your account",
    description: "You as a person, in whatever team: your name, sessions and ways to sign in.",
  },
  {
    name: "Single sign-on",
    description: "A team's own identity provider, for people of its domain.",
  },
  {
    name: "API keys",
    description: "For programs and AI clients. A key acts as the person it belongs to.",
  },
  {
    name: "Connectors",
    description: "What can be connected: how one signs in there, and what a form asks for.",
  },
  {
    name: "Connections",
    description:
      "A connection is the team's, or one person's, link to one MCP server or one account at a vendor: its address, its sealed credential, and what it offers.",
  },
  {
    name: "Signing in at vendors",
    description: "From the click to the connection: a sign-in at a vendor while it is under way.",
  },
  {
    name: "OAuth apps",
    description: "What a team registered at a vendor, so that its people can sign in there.",
  },
  {
    name: "Secrets",
    description:
      "Values the team gives names to. They are sealed at once, never readable again, and named in connections.",
  },
  {
    name: "Vault",
    description: "The keys that everything secret is sealed with: their rotation, and a check.",
  },
  {
    name: "Tools",
    description:
      "What the connected servers can do. A tool whose server changed it is held back until somebody accepts the change.",
  },
  {
    name: "Executions",
    description:
      "Every call of a tool, prompt or resource, from its admission to its end, and the live stream of them.",
  },
  {
    name: "Limits",
    description:
      "How much of a limit is used and when it is whole again; and the limits a team sets itself.",
  },
  {
    name: "Jobs",
    description:
      "Calls that go on by themselves: answered with an id at once, run later, retried where that is safe, and kept with their result for a while.",
  },
  {
    name: "MCP clients",
    description:
      "AI clients that people let in, machine clients, and what has connected at `/mcp`, as it calls itself.",
  },
  { name: "Notices", description: "What you should hear of: what needs you, and what was mended." },
  { name: "Audit", description: "Who changed what, and what happened to the team's security." },
  { name: "Health", description: "For monitors. Answers without signing in." },
]);

export type Api = typeof api;
