import { createRouter } from "../../platform/http";
import { askingOf } from "../authenticate";

/** What AI clients speak to (RFC 6749, 7009, 7591). The library behind it is loaded when one of them is first asked. */
export const createOAuthRoutes = () =>
  createRouter()
    .get("/authorize", async (c) =>
      (await import("./show-authorization")).showAuthorization(askingOf(c)),
    )
    .all("/token", async (c) => (await import("./token")).exchangeToken(askingOf(c)))
    .all("/revoke", async (c) => (await import("./revoke")).revokeToken(askingOf(c)))
    .all("/register", async (c) => (await import("./register")).registerClient(askingOf(c)));

/** Where AI clients find the above (RFC 8414, 9728). */
export const createWellKnownRoutes = () =>
  createRouter()
    .get("/oauth-authorization-server", async (c) =>
      (await import("./metadata")).describeServer(askingOf(c)),
    )
    .get("/oauth-protected-resource", async (c) =>
      (await import("./metadata")).describeResource(c.req.raw),
    )
    .get("/oauth-protected-resource/mcp", async (c) =>
      (await import("./metadata")).describeResource(c.req.raw),
    )
    .get("/oauth-protected-resource/mcp/c/:slug", async (c) =>
      (await import("./metadata")).describeResource(c.req.raw),
    );
