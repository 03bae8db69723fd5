import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Manifest, type ManifestData } from "../../../shared/catalogue/manifest";
import { atVendor } from "../../testing/at-vendor";
import type { PartialQuirks } from "../../testing/vendor/quirks";
import type { Shown } from "./build";
import { testVendor } from "./test-vendor";

const data: ManifestData = {
  id: "acme",
  name: "Acme",
  category: "crm",
  description: "A vendor.",
  params: [{ name: "shop", label: "Shop" }],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in",
      authorizeUrl: "https://acme.com/a",
      tokenUrl: "https://acme.com/t",
      grantedScopeHeader: "X-Scopes",
      app: { where: { text: "There" } },
    },
  ],
  request: {
    base: "https://{shop}.acme.com/api/",
    headers: { "X-Version": "7", "X-Shop": "{shop|upper}" },
    query: { format: "json" },
  },
  test: { url: "/me", account: "/user/name", successWhen: [{ pointer: "/ok", equals: true }] },
};
const answer = { ok: true, user: { name: "Ada" } };
const shown: Shown = { headers: { Authorization: "Bearer k3y" }, query: { key: "k" } };
const healthy = {
  headers: { authorization: "Bearer k3y" },
  query: { key: "k", format: "json" },
  routes: [{ at: "/api/me", answer, answerHeaders: { "x-scopes": "read, write" } }],
};

async function tryOut({
  quirks,
  more = {},
  presented = shown,
}: {
  quirks?: PartialQuirks;
  more?: Partial<ManifestData>;
  presented?: Shown;
} = {}) {
  const vendor = await atVendor({ api: healthy, ...quirks });
  const manifest = Manifest.parse({ ...data, ...more });
  const [method] = manifest.auth;
  const account = { manifest, params: { shop: "one" }, presented };
  const tested = await testVendor(vendor, { ...account, ...(method ? { method } : {}) }).catch(
    (error: unknown) => error,
  );
  return { tested, log: await vendor.log() };
}

describe("the manifest's test request", () => {
  it("goes out with credential, headers and query, and tells whose it is and what it may do", async () => {
    const { tested, log } = await tryOut();
    expect(tested).toEqual({
      ok: true,
      responseTimeMs: expect.any(Number),
      account: "Ada",
      grantedScopes: ["read", "write"],
    });
    expect(log).toMatchObject([
      {
        method: "GET",
        host: "one.acme.com",
        path: "/api/me",
        query: { format: "json", key: "k" },
        headers: { "x-version": "7", "x-shop": "ONE", accept: "application/json" },
        complaint: null,
      },
    ]);
  });

  it("sends a body as JSON or as a form, and is signed over it", async () => {
    const signed: string[] = [];
    const presented: Shown = {
      ...shown,
      sign: async ({ method, url, body }) => {
        signed.push(`${method} ${url} ${body}`);
        return { "x-signature": "yes" };
      },
    };
    const routes = [{ method: "POST", at: "/api/me", answer, headers: { "x-signature": "yes" } }];
    const quirks = { api: { ...healthy, routes } };
    const body = { shop: "{shop}", deep: { list: ["{shop}", 1] } };
    const json = await tryOut({
      quirks,
      presented,
      more: { test: { method: "POST", url: "me", body } },
    });
    expect(json.tested).toMatchObject({ ok: true });
    expect(json.log[0]).toMatchObject({
      body: '{"shop":"one","deep":{"list":["one",1]}}',
      headers: { "content-type": "application/json" },
    });
    const form = await tryOut({
      quirks,
      presented,
      more: { test: { method: "POST", url: "me", bodyStyle: "form", body: { a: "{shop} &" } } },
    });
    expect(form.log[0]).toMatchObject({ body: "a=one+%26" });
    expect(signed[1]).toBe("POST https://one.acme.com/api/me?format=json&key=k a=one+%26");
  });

  it("that writes fetches the token writes need first, and brings its cookies", async () => {
    const { tested, log } = await tryOut({
      quirks: {
        api: {
          ...healthy,
          routes: [
            {
              at: "/api/token",
              answer: {},
              headers: { "x-csrf-token": "Fetch" },
              answerHeaders: { "x-csrf-token": "c5rf", "set-cookie": "s=1; Path=/; HttpOnly" },
            },
            {
              method: "POST",
              at: "/api/me",
              answer,
              headers: { "x-csrf-token": "c5rf", cookie: "s=1" },
            },
          ],
        },
      },
      more: {
        request: {
          ...data.request,
          base: data.request?.base ?? "",
          csrf: {
            header: "x-csrf-token",
            fetch: { url: "/token", headers: { "x-csrf-token": "Fetch" } },
          },
        },
        test: { method: "POST", url: "/me" },
      },
    });
    expect(tested).toMatchObject({ ok: true });
    expect(log.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/token",
      "POST /api/me",
    ]);
  });
});

describe("an answer that is no success is told apart", () => {
  const wrong = { headers: { Authorization: "Bearer other" }, query: shown.query };
  const to = (how: string) => ({ misbehave: { api: { how } } }) as PartialQuirks;

  it.each<[string, Parameters<typeof tryOut>[0], string, string]>([
    [
      "a credential nobody knows",
      { presented: wrong },
      "upstream_unauthorized",
      "does not accept this credential (HTTP 401)",
    ],
    ["one that may not", { quirks: to("403") }, "upstream_unauthorized", "Give it the permissions"],
    ["too many calls", { quirks: to("429") }, "upstream_error", "limits its own calls"],
    ["a vendor that fails", { quirks: to("500") }, "upstream_error", "failed (HTTP 500)"],
    [
      "a wrong address",
      { more: { test: { url: "/nowhere" } } },
      "upstream_error",
      "knows nothing at this address",
    ],
    [
      "a page in place of data",
      { quirks: to("html") },
      "upstream_invalid",
      "a page or text instead of data",
    ],
    [
      "a page that calls itself JSON",
      { quirks: to("html-as-json") },
      "upstream_invalid",
      "calls its answer JSON",
    ],
    ["nothing at all", { quirks: to("empty") }, "upstream_invalid", "instead of data"],
    ["more than anybody reads", { quirks: to("huge") }, "upstream_too_large", ""],
    ["a redirect into the network", { quirks: to("redirect-private") }, "outbound_refused", ""],
    ["a connection that breaks off", { quirks: to("lost") }, "upstream_unreachable", ""],
    [
      "a no with status 200",
      { quirks: { api: { ...healthy, routes: [{ at: "/api/me", answer: { ok: false } }] } } },
      "upstream_unauthorized",
      "answered that the request failed",
    ],
  ])("%s", async (_what, asked, code, words) => {
    const { tested } = await tryOut(asked);
    expect(tested).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(String(tested)).not.toContain("k3y");
  });

  it("a redirect to its sign-in page", async () => {
    const page = new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } });
    const network = {
      fetch: async (url: string) =>
        url.includes("/users/sign_in")
          ? Object.defineProperty(page, "url", { value: url })
          : new Response(null, { status: 302, headers: { location: "/users/sign_in" } }),
    } as unknown as Fetcher;
    const account = { manifest: Manifest.parse(data), params: { shop: "one" }, presented: shown };
    await expect(testVendor({ env: { ...env, NET: network } }, account)).rejects.toMatchObject({
      code: "upstream_unauthorized",
      message: expect.stringContaining("sign-in page"),
    });
  });
});
