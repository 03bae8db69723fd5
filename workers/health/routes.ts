import { createRoute, z } from "@hono/zod-openapi";
import { drizzle } from "drizzle-orm/d1";
import { sql } from "drizzle-orm";
import { answers, createRouter } from "../platform/http";
import { describeError, log } from "../platform/log";
import { connectionPerMinute, personPerDay, personPerMinute } from "../platform/settings";
import { findPlan } from "../limits";

const Live = z.object({ status: z.literal("ok") });
const Ready = z.object({
  status: z.enum(["ready", "not_ready"]),
  checks: z.record(z.string(), z.enum(["ok", "failed"])),
});

const live = createRoute({
  operationId: "getLiveness",
  method: "get",
  path: "/live",
  summary: "Whether the hub runs",
  tags: ["Health"],
  security: [],
  responses: { 200: answers(Live, "It runs") },
});
const ready = createRoute({
  operationId: "getReadiness",
  method: "get",
  path: "/ready",
  summary: "Whether the hub can serve calls",
  tags: ["Health"],
  security: [],
  responses: { 200: answers(Ready, "It can"), 503: answers(Ready, "It cannot; `checks` say why") },
});

export const healthRoutes = createRouter()
  .openapi(live, (c) => c.json({ status: "ok" as const }, 200))
  .openapi(ready, async (c) => {
    const checks = {
      registry: await passes("registry", () =>
        drizzle(c.env.DB).run(sql`SELECT id FROM teams LIMIT 1`),
      ),
      tokens: await passes("tokens", () => c.env.TOKENS.get("health")),
      settings: await passes("settings", async () => {
        personPerMinute(c.env);
        connectionPerMinute(c.env);
        personPerDay(c.env);
        findPlan(c.env, null);
        if (!c.env.PLUGBOARD_MASTER_KEYS) throw new Error("PLUGBOARD_MASTER_KEYS is not set");
      }),
    };
    const ok = Object.values(checks).every((check) => check === "ok");
    return ok
      ? c.json({ status: "ready" as const, checks }, 200)
      : c.json({ status: "not_ready" as const, checks }, 503);
  });

async function passes(check: string, work: () => Promise<unknown>): Promise<"ok" | "failed"> {
  try {
    await work();
    return "ok";
  } catch (error) {
    log("error", "health.check_failed", { check, error: describeError(error) });
    return "failed";
  }
}
