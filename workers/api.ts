import type { Context as HonoContext } from "hono";
import { auditRoutes } from "./audit";
import { createConnectionRoutes } from "./connections";
import { createTeamKey } from "./credentials";
import { createCallRoutes, createExecutionRoutes, createLiveRoutes } from "./executions";
import { health } from "./health";
import { createMcpRoutes } from "./mcp";
import type { Context } from "./platform/context";
import { createHttpApp, type HttpEnv } from "./platform/http";
import { describeApi } from "./platform/reference";
import { authenticate, confirm, createMeRoutes, createSetupRoutes } from "./teams";
import { createToolRoutes, forgetStatements, snapshotStatements } from "./tools";

function signIn(c: HonoContext<HttpEnv>): Promise<Context> {
  return authenticate({
    env: c.env,
    request: c.req.raw,
    requestId: c.get("requestId"),
    now: c.get("receivedAt"),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  });
}

const app = createHttpApp();

// A call is checked for freshness when it is admitted; everything else here, before it is served.
const callPath = /^\/api\/v1\/tools\/[^/]+\/call$/;
app.use("/api/v1/*", async (c, next) => {
  const ctx = await signIn(c);
  c.set("ctx", callPath.test(c.req.path) ? ctx : await confirm(ctx));
  await next();
});

export const api = app
  .route("/health", health)
  .route("/api/auth", createSetupRoutes(createTeamKey))
  .route("/api/v1/me", createMeRoutes())
  .route(
    "/api/v1/connections",
    createConnectionRoutes({ snapshot: snapshotStatements, forget: forgetStatements }),
  )
  .route("/api/v1/tools", createCallRoutes())
  .route("/api/v1/tools", createToolRoutes())
  .route("/api/v1/executions", createExecutionRoutes())
  .route("/api/v1/live", createLiveRoutes())
  .route("/api/v1/audit", auditRoutes)
  .route("/mcp", createMcpRoutes(signIn));

describeApi(api, [
  { name: "Team", description: "Who you are, and the first team of an empty hub." },
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
  { name: "Audit", description: "Who changed what." },
  { name: "Health", description: "For monitors. Answers without signing in." },
]);

export type Api = typeof api;
