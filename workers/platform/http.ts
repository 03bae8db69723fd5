import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context as HonoContext, Next } from "hono";
import { routePath } from "hono/route";
import { ErrorBody } from "../../shared/contracts/errors";
import { errors, type ErrorCode } from "../../shared/errors";
import { newId } from "../../shared/ids";
import type { Context } from "./context";
import { allowReading, corsOrigin, preflight, withoutCookies } from "./cors";
import { serveDashboard } from "./dashboard";
import { errorResponse } from "./error-response";
import { HubError } from "./errors";
import { readWithinLimit, requireBody, tellsNoLength } from "./request-body";
import { allowsLoopback, ownHosts } from "./settings";
import { traceRequest, type Span } from "./telemetry";

export type HttpEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    receivedAt: number;
    ctx: Context;
    /** Undefined where nothing is traced. */
    span?: Span;
    /** What the ticket that was shown is good for; undefined where another credential was. */
    ticketScope?: string;
  };
};

/** A router whose validators answer with the one error shape, naming the field. */
export function createRouter<RouterEnv extends HttpEnv = HttpEnv>() {
  return new OpenAPIHono<RouterEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      if (result.target === "query" && issue?.code === "unrecognized_keys")
        throw unknownParameter(issue.keys);
      const field = [
        result.target === "json" ? "body" : result.target,
        ...(issue?.path ?? []),
      ].join(".");
      throw new HubError("invalid_input", `${field}: ${issue?.message ?? "is not valid"}`, {
        details: {
          field,
          issues: result.error.issues
            .slice(0, 20)
            .map(({ path, message }) => ({ path: path.join("."), message })),
        },
      });
    },
  });
}

function unknownParameter([name = ""]: readonly string[]): HubError {
  const field = `query.${name.slice(0, 100)}`;
  return new HubError(
    "invalid_input",
    `${field}: there is no such parameter here. Those there are stand in /api/docs.`,
    { details: { field } },
  );
}

/** Failures as routes describe them in the OpenAPI document. */
export function failures(...codes: ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of ["internal", "unauthorized", ...codes] as const) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: [...new Set(named)].join(", "),
        content: { "application/json": { schema: ErrorBody } },
      },
    ]),
  );
}

/** What asking a server or a vendor can come to. */
export const upstreamFails = [
  "outbound_refused",
  "upstream_unreachable",
  "upstream_unauthorized",
  "upstream_invalid",
  "upstream_error",
  "upstream_too_large",
  "upstream_timeout",
] as const;

export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { content: { "application/json": { schema } }, description };
}

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

export const idParam = (what: string) =>
  z.object({
    id: z
      .string()
      .min(1)
      .max(100)
      .openapi({ param: { name: "id", in: "path" }, description: what }),
  });

/** What every request passes: its id, the checks of where it came from, the size of its body, and how errors answer. */
export function createHttpApp() {
  const app = createRouter();
  app.use((c, next) => traced(c, next));
  app.use(async (c, next) => {
    c.set("requestId", newId("req"));
    c.set("receivedAt", Date.now());
    requireOwnHost(c);
    const origin = c.req.header("origin");
    const elsewhere = origin === undefined ? undefined : corsOrigin(c, origin);
    if (elsewhere === undefined) requireOwnOrigin(c, origin);
    else if (c.req.method === "OPTIONS") return preflight(elsewhere);
    else if (c.req.header("cookie") !== undefined) c.req.raw = withoutCookies(c.req.raw);
    const work = next();
    // Whoever hangs up between a write and what has to follow it does not keep that from being done. A call sees to its
    // own end.
    if (!isReading(c.req.method) && !call.test(c.req.path)) c.executionCtx.waitUntil(work);
    await work;
    // A WebSocket is answered by an object, whose answers cannot be changed.
    if (c.res.status === 101) return undefined;
    secure(c);
    if (elsewhere !== undefined) allowReading(c.res.headers, elsewhere);
    return undefined;
  });
  app.use(async (c, next) => {
    requireBody(c);
    if (tellsNoLength(c)) await readWithinLimit(c);
    await next();
  });
  app.onError((error, c) => {
    const response = errorResponse(error, c.get("requestId"));
    response.headers.set("x-request-id", c.get("requestId"));
    return response;
  });
  app.notFound(async (c) => {
    const file = await serveDashboard(c.req.raw, c.env);
    if (file) return file;
    const allow = methods
      .filter((method) =>
        app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
      )
      .join(", ");
    if (allow !== "")
      throw new HubError("method_not_allowed", `This address takes ${allow}.`, {
        headers: { allow },
      });
    throw new HubError(
      "not_found",
      "There is nothing at this address. The API is described at /api/docs.",
    );
  });
  return app;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const call = /^\/(mcp(\/|$)|api\/v1\/tools\/[^/]+\/call$)/;

const isReading = (method: string): boolean => method === "GET" || method === "HEAD";

async function traced(c: HonoContext<HttpEnv>, next: Next): Promise<void> {
  const waitUntil = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const span = traceRequest({ env: c.env, waitUntil }, c.req.raw);
  if (span === undefined) return next();
  c.set("span", span);
  await next();
  // The route as it is declared: what stands in its place may be a name or a secret.
  const route = routePath(c, -1);
  const { status } = c.res;
  span.rename(`${c.req.method} ${route}`);
  span.set({
    "http.route": route,
    "http.response.status_code": status,
    "plugboard.request_id": c.get("requestId"),
    "plugboard.team_id": (c.get("ctx") as Context | undefined)?.teamId,
  });
  if (status >= 500) span.fail(String(status));
  span.end();
}

function secure(c: HonoContext<HttpEnv>): void {
  const { headers } = c.res;
  headers.set("x-request-id", c.get("requestId"));
  headers.set("x-content-type-options", "nosniff");
  if (!headers.has("referrer-policy")) headers.set("referrer-policy", "no-referrer");
  if (/^\/api\/(v1|auth)\//.test(c.req.path) && !headers.has("cache-control"))
    headers.set("cache-control", "no-store");
}

/** A name that was pointed at this machine (DNS rebinding) may not speak to the hub from somebody's browser. */
function requireOwnHost(c: HonoContext<HttpEnv>): void {
  const named = c.req.header("host") ?? new URL(c.req.url).host;
  const known = ownHosts(c.env);
  if (
    known.length > 0
      ? !known.includes(named.toLowerCase())
      : allowsLoopback(c.env) && !isLoopback(named)
  )
    throw new HubError(
      "forbidden",
      "This hub does not answer under this host name. Add it to PLUGBOARD_HOSTS if it should.",
    );
}

/** Nor may a page of another site that PLUGBOARD_CORS_ORIGINS does not name. */
function requireOwnOrigin(c: HonoContext<HttpEnv>, origin: string | undefined): void {
  if (origin === undefined) return;
  const named = c.req.header("host") ?? new URL(c.req.url).host;
  const known = ownHosts(c.env);
  const asked = URL.canParse(origin) ? new URL(origin).host : "";
  if (asked !== named.toLowerCase() && !known.includes(asked))
    throw new HubError("forbidden", "Pages of other origins may not call this hub.");
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host);
}
