import { auditRoutes } from "./audit";
import { createConnectionRoutes } from "./connections";
import { createTeamKey } from "./credentials";
import { createCallRoutes, createExecutionRoutes, createLiveRoutes } from "./executions";
import { health } from "./health";
import { createClientRoutes, createMcpRoutes } from "./mcp";
import { createHttpApp } from "./platform/http";
import { apiResource, mcpResource } from "./platform/resources";
import { describeApi } from "./platform/reference";
import {
  askingOf,
  authenticate,
  confirm,
  createApiKeyRoutes,
  createAuthRoutes,
  createMeRoutes,
} from "./teams";
import { createToolRoutes, forgetStatements, snapshotStatements } from "./tools";

const app = createHttpApp();

// A call is checked for freshness when it is admitted; everything else here, before it is served.
const callPath = /^\/api\/v1\/tools\/[^/]+\/call$/;
app.use("/api/v1/*", async (c, next) => {
  const ctx = await authenticate(askingOf(c), { sessions: true, resource: apiResource });
  c.set("ctx", callPath.test(c.req.path) ? ctx : await confirm(ctx));
  await next();
});

export const api = app
  .route("/health", health)
  .route("/api/auth", createAuthRoutes(createTeamKey))
  .route("/api/v1/me", createMeRoutes())
  .route("/api/v1/api-keys", createApiKeyRoutes())
  .route(
    "/api/v1/connections",
    createConnectionRoutes({ snapshot: snapshotStatements, forget: forgetStatements }),
  )
  .route("/api/v1/tools", createCallRoutes())
  .route("/api/v1/tools", createToolRoutes())
  .route("/api/v1/executions", createExecutionRoutes())
  .route("/api/v1/live", createLiveRoutes())
  .route("/api/v1/clients", createClientRoutes())
  .route("/api/v1/audit", auditRoutes)
  // A page has no business at the MCP endpoint: a session is not taken there.
  .route(
    "/mcp",
    createMcpRoutes((c) => authenticate(askingOf(c), { sessions: false, resource: mcpResource })),
  );

describeApi(api, [
  { name: "Team", description: "Who you are, and what you may do." },
  {
    name: "Signing in",
    description: "The first team of an empty hub, and sessions for people with a browser.",
  },
  {
    name: "API keys",
    description: "For programs and AI clients. A key acts as the person it belongs to.",
  },
  {
    name: "Connections",
    description:
      "A connection is the team's link to one MCP server: its address, its sealed credential, and what it offers.",
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
    name: "MCP clients",
    description: "The AI clients that have connected at `/mcp`, as they call themselves.",
  },
  { name: "Audit", description: "Who changed what." },
  { name: "Health", description: "For monitors. Answers without signing in." },
]);

export type Api = typeof api;
