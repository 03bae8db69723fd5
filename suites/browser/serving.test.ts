// How the dashboard's files are served: what stands in their headers, how large they are, what becomes of other paths.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../web/headers.ts";
import { originOf } from "./browser.ts";
import { setStage } from "./stage.ts";

const stage = setStage({ connected: true });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${originOf(stage.hub)}${path}`, { headers });

async function assets(): Promise<string[]> {
  const html = await (await get("/")).text();
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
}

const protecting = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin-allow-popups",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

describe("headers", () => {
  it("protect the document, every page's address and every file alike", async () => {
    const paths = [
      "/",
      "/activity",
      "/jobs",
      "/limits",
      "/connections/con_1?tab=tools",
      "/theme.js",
      ...(await assets()),
    ];
    for (const path of paths) {
      const { status, headers } = await get(path);
      expect([path, status, Object.fromEntries(headers)]).toEqual([
        path,
        200,
        expect.objectContaining(protecting),
      ]);
    }
  });

  it("allow nothing unsafe, no other host, and no frame around", () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|strict-dynamic/);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("script-src 'self';");
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'");
  });

  it("let files whose names carry their hash be kept for ever, and no page", async () => {
    const hashed = await assets();
    expect(hashed.length).toBeGreaterThan(1);
    for (const path of hashed)
      expect((await get(path)).headers.get("cache-control")).toBe(
        "public, max-age=31536000, immutable",
      );
    for (const path of ["/", "/activity", "/service-worker.js"])
      expect((await get(path)).headers.get("cache-control") ?? "").not.toMatch(
        /immutable|max-age=[1-9]/,
      );
  });
});

it("sends text compressed to whoever takes it so", async () => {
  const paths = ["/", "/theme.js", ...(await assets()).filter((path) => /\.(js|css)$/.test(path))];
  for (const path of paths) {
    const packed = await get(path, { "accept-encoding": "gzip" });
    expect([path, packed.headers.get("content-encoding")]).toEqual([path, "gzip"]);
    expect(packed.headers.get("vary")).toMatch(/accept-encoding/i);
    const plain = await get(path, { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe(await packed.text());
  }
});

describe("paths", () => {
  it("gives the dashboard for every address that may be a page", async () => {
    const home = await (await get("/")).text();
    for (const path of ["/activity", "/playground/tool_1", "/nobody/knows/this"])
      expect([path, await (await get(path)).text()]).toEqual([path, home]);
  });

  it.each(["/api/unknown", "/api/v1/unknown", "/mcp/unknown", "/health/unknown", "/in/unknown"])(
    "answers %s with an error of the API",
    async (path) => {
      const response = await get(path, { authorization: `Bearer ${stage.hub.apiKey}` });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
    },
  );

  it("has no page in the place of code that is gone", async () => {
    const response = await get("/assets/index-gone.js");
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("application/json");
  });
});

it("can be installed: manifest, icons and service worker load", async () => {
  const { page } = await stage.open({ serviceWorker: true });
  await page.goto("/");
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(`${originOf(stage.hub)}/`);
  const manifest = (await (await get("/manifest.webmanifest")).json()) as {
    icons: { src: string }[];
  };
  for (const { src } of manifest.icons) expect((await get(src)).status).toBe(200);
});

it("loads at most 200 KiB of compressed script for the first view of any page", async () => {
  const [connection] = await itemsOf("/api/v1/connections");
  const [tool] = await itemsOf("/api/v1/tools");
  const pages = [
    "/",
    "/sign-in",
    "/sign-up",
    "/account",
    "/account/security",
    "/connections",
    `/connections/${connection?.id}`,
    "/playground",
    `/playground/${tool?.id}`,
    "/activity",
    "/jobs",
    "/limits",
    "/clients",
    "/team",
    "/team/roles",
    "/team/settings",
    "/keys",
    "/audit",
    "/consent",
  ];
  const weigh = async (path: string): Promise<[string, number]> => {
    const { page, context } = await stage.open();
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      // One that comes when the page has come to rest is not of its first view, and may be cut off by the page's end.
      scripts.push(response.body().catch(() => Buffer.alloc(0)));
    });
    await page.goto(path, { waitUntil: "networkidle" });
    const bodies = await Promise.all(scripts);
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
    await context.close();
    return [path.replace(/\/\w+_\w+$/, "/…"), Math.round(bytes / 1024)];
  };
  const weights: [string, number][] = [];
  // Each is mostly waited for: until nothing has been asked for half a second.
  while (pages.length > 0) weights.push(...(await Promise.all(pages.splice(0, 4).map(weigh))));
  console.log(`script, KiB: ${weights.map(([path, kib]) => `${path} ${kib}`).join(", ")}`);
  expect(weights.filter(([, kib]) => kib > 200)).toEqual([]);
});

async function itemsOf(path: string): Promise<{ id: string }[]> {
  const response = await get(`${path}?limit=1`, { authorization: `Bearer ${stage.hub.apiKey}` });
  return ((await response.json()) as { items: { id: string }[] }).items;
}
