import type { OpenAPIHono } from "@hono/zod-openapi";
import { hubVersion } from "../../shared/version";
import type { HttpEnv } from "./http";

const document = {
  openapi: "3.1.0",
  info: {
    title: "Plugboard",
    version: hubVersion,
    description:
      "Every tool of every connected server through one place. Lists answer `{ items, nextCursor }`; errors answer `{ error: { code, message, requestId, details? } }`. MCP clients use `/mcp` with the same key.",
  },
  security: [{ apiKey: [] }],
};

/** The OpenAPI document, generated from the routes. */
export function describeApi(app: OpenAPIHono<HttpEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "An API key: pb_…",
  });
  let text: string | undefined;
  app.get("/api/openapi.json", (c) => {
    text ??= JSON.stringify(app.getOpenAPI31Document(document));
    return c.body(text, 200, { "content-type": "application/json" });
  });
}
