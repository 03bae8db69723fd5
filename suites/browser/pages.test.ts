// The dashboard on Pages: the same files and the same way, with the Worker behind a service binding.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../web/headers.ts";
import { onRequest } from "../../web/functions/[[path]].ts";
import { startProcess } from "../hub-process.ts";
import { launchBrowser } from "./browser.ts";
import { connectAndCall } from "./journey.ts";
import { startPages, type PagesProcess } from "./pages-process.ts";
import { watchPage } from "./watch.ts";

let browser: Browser;
let pages: PagesProcess;
let fixture: Awaited<ReturnType<typeof startProcess>>;

beforeAll(async () => {
  [browser, pages, fixture] = await Promise.all([
    launchBrowser(),
    startPages(),
    startProcess("workers/testing/fixture/process.ts", [], /http:\S+\/mcp/),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await pages?.stop();
  await fixture?.stop();
});

type Asking = { method?: string; headers?: Record<string, string>; body?: string };
const ask = (path: string, init: Asking = {}) =>
  fetch(`${pages.url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${pages.apiKey}`, ...init.headers },
  });

it("serves the dashboard's files with their headers, and the dashboard for every page", async () => {
  const home = await ask("/");
  expect(home.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
  const html = await home.text();
  expect(await (await ask("/activity/exe_1")).text()).toBe(html);
  const [, script = ""] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? [];
  const { headers } = await ask(script);
  expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

it("hands on to the hub what is the hub's, and its answers back", async () => {
  expect(await (await ask("/api/v1/me")).json()).toMatchObject({ role: "owner" });
  expect(await (await ask("/health/ready")).json()).toMatchObject({ status: "ready" });
  for (const path of ["/api/unknown", "/in/unknown", "/oauth/unknown", "/.well-known/unknown"]) {
    const response = await ask(path);
    expect([path, response.status]).toEqual([path, 404]);
    expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
  }
  const posted = await ask("/mcp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
  });
  expect(await posted.text()).toContain('"id":1');
});

it("leads from the sign-in link to a tool's answer, with live updates", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const watch = await watchPage(page, pages.url);
  await connectAndCall(page, { link: pages.signInLink, serverUrl: fixture.line });
  await page.goto(`${pages.url}/activity`);
  await page.getByRole("option", { name: /echo/ }).first().waitFor();
  expect(watch.requests.some((url) => url.startsWith("ws:"))).toBe(true);
  expect(watch.problems).toEqual([]);
  await context.close();
});

describe("without its hub", () => {
  const answer = onRequest as (context: object) => Promise<Response>;
  const call = (path: string, env: object) =>
    answer({
      request: new Request(`https://dashboard.example.com${path}`),
      env,
      next: async () => new Response("a file"),
    });

  it("says that the binding is missing, and goes on serving files", async () => {
    const response = await call("/api/v1/me", {});
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      error: { code: "unavailable", message: expect.stringContaining("HUB") },
    });
    expect(await (await call("/apis", {})).text()).toBe("a file");
  });

  it("says that the hub does not answer", async () => {
    const away = { HUB: { fetch: () => Promise.reject(new Error("Network connection lost.")) } };
    const response = await call("/mcp", away);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: "unavailable" } });
  });
});
