import type { OpenAPIHono } from "@hono/zod-openapi";
import { hubVersion } from "../../shared/version";
import { toBase64, utf8 } from "./encoding";
import type { HttpEnv } from "./http";
import type { ApiDocument } from "./reference/document";
import { renderReference } from "./reference/page";
import { style } from "./reference/style";

const base = {
  openapi: "3.1.0",
  info: {
    title: "Plugboard",
    version: hubVersion,
    description:
      "Every tool of every connected server through one place. AI clients reach the same tools over MCP, at `/mcp`, with the same key.",
  },
  security: [{ apiKey: [] }, { session: [] }],
};

/**
 * The OpenAPI document, generated from the routes, and the page people read it on. `tags` tell of the groups of
 * operations, in the order in which they are shown.
 */
export function describeApi(
  app: OpenAPIHono<HttpEnv>,
  tags: { name: string; description: string }[] = [],
): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "An API key of a person: `pb_…`",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-plugboard",
    description: "The session of a person who signed in with a browser",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "setupToken", {
    type: "http",
    scheme: "bearer",
    description: "The deployment's setup token: the secret `PLUGBOARD_SETUP_TOKEN`",
  });
  const document = () => app.getOpenAPI31Document({ ...base, tags });
  let text: string | undefined;
  app.get("/api/openapi.json", (c) => {
    text ??= JSON.stringify(document());
    return c.body(text, 200, { "content-type": "application/json", ...readable });
  });

  let policy: string | undefined;
  app.get("/api/docs", async (c) => {
    policy ??= await pagePolicy();
    const page = renderReference(document() as ApiDocument, new URL(c.req.url).origin);
    return c.html(page, 200, { ...readable, "content-security-policy": policy });
  });
}

const readable = {
  "cache-control": "no-cache",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** The page runs nothing and loads nothing: its one stylesheet is inside it, its icon is a data URL. */
async function pagePolicy(): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", utf8(style));
  return [
    "default-src 'none'",
    `style-src 'sha256-${toBase64(hash)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
