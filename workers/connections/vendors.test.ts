import { env } from "cloudflare:workers";
import { generateKeyPairSync } from "node:crypto";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { importSPKI, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEntries } from "../audit/tables";
import { credentials, secretUses } from "../credentials/tables";
import { atVendor, type AtVendor } from "../testing/at-vendor";
import { faultyStorage } from "../testing/faulty-storage";
import { offerConnector } from "../testing/offer-connector";
import { createTeam, type TestTeam } from "../testing/team";
import type { PartialQuirks } from "../testing/vendor/quirks";
import { connections } from "./tables";

const base = "https://api.example.com/v1";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privateKey = rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const right = "k3y-4f9a81c2d7";
const wrong = "k3y-000000wrong";

/** The API of a vendor that lets in whoever shows these. */
const letsIn = (headers: Record<string, string>, query: Record<string, string> = {}) =>
  ({
    api: { headers, query, routes: [{ at: "/v1/me", answer: { id: "u-1" } }] },
  }) satisfies PartialQuirks;

type Auth = { method: string; fields?: Record<string, string> };
const body = (auth: Auth, more: object = {}) => ({
  connector: "any-api",
  name: "Acme",
  params: { baseUrl: base, testPath: "/me" },
  auth,
  ...more,
});

/** Everything of a team that a connection leaves behind. */
async function traces(team: TestTeam) {
  const db = drizzle(env.DB);
  const of = async (
    table: typeof connections | typeof credentials | typeof secretUses | typeof auditEntries,
  ) => (await db.select().from(table).where(eq(table.teamId, team.id))).length;
  const sealed = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  return {
    connections: await of(connections),
    credentials: await of(credentials),
    uses: await of(secretUses),
    audit: await of(auditEntries),
    sealed: sealed.keys.length,
  };
}
const nothing = { connections: 0, credentials: 0, uses: 0, audit: 0, sealed: 0 };

async function connect(vendor: AtVendor, auth: Auth, more: object = {}, team?: TestTeam) {
  const by = team ?? (await createTeam());
  const answer = await by.ask("/api/v1/connections", { body: body(auth, more), env: vendor.env });
  return { team: by, ...answer };
}

describe("a vendor is connected by", () => {
  const basic = `Basic ${btoa(`ada:${right}`)}`;
  it.each<[string, Auth, PartialQuirks]>([
    [
      "an API key in a header",
      { method: "api-key", fields: { apiKey: right } },
      letsIn({ "x-api-key": right }),
    ],
    [
      "an API key in a header of another name",
      { method: "api-key", fields: { apiKey: right, headerName: "X-Other" } },
      letsIn({ "x-other": right }),
    ],
    [
      "an API key in the address",
      { method: "api-key-in-address", fields: { apiKey: right, paramName: "k" } },
      letsIn({}, { k: right }),
    ],
    [
      "a bearer token",
      { method: "bearer", fields: { token: right } },
      letsIn({ authorization: `Bearer ${right}` }),
    ],
    [
      "a name and password",
      { method: "basic", fields: { username: "ada", password: right } },
      letsIn({ authorization: basic }),
    ],
    [
      "headers of one's own",
      { method: "headers", fields: { "X-A": right } },
      letsIn({ "x-a": right }),
    ],
    ["nothing", { method: "none" }, letsIn({})],
  ])("%s, tried with a real request, and nothing of it comes back", async (_what, auth, quirks) => {
    const vendor = await atVendor(quirks);
    const { status, body: made, text, team } = await connect(vendor, auth);
    expect([status, made.error]).toEqual([201, undefined]);
    expect(made).toMatchObject({
      connector: "any-api",
      status: "connected",
      slug: "acme",
      auth: {
        method: auth.method,
        refreshes: false,
        rotatedAt: auth.fields ? expect.any(Number) : null,
      },
      params: { baseUrl: base, testPath: "/me" },
      config: { url: base },
      server: null,
      capabilities: { checked: expect.stringContaining("real request") },
      responseTimeMs: expect.any(Number),
      owner: { kind: "team" },
    });
    expect(made.auth.fieldNames).toEqual(expect.arrayContaining(Object.keys(auth.fields ?? {})));
    expect(text).not.toContain(right);
    expect((await vendor.log()).map(({ path, complaint }) => [path, complaint])).toEqual([
      ["/v1/me", null],
    ]);
    expect((await team.ask("/api/v1/audit")).text).not.toContain(right);

    const path = `/api/v1/connections/${made.id}`;
    const tested = await team.ask(`${path}/test`, { method: "POST", env: vendor.env });
    expect(tested.body).toMatchObject({
      ok: true,
      responseTimeMs: expect.any(Number),
      server: null,
      capabilities: { checked: expect.any(String) },
      error: null,
    });
    const synced = await team.ask(`${path}/sync`, { method: "POST", env: vendor.env });
    expect(synced.body).toMatchObject({ status: "connected" });
  });

  it.each(["client-credentials", "client-credentials-basic"])(
    "%s: the token is fetched at once, used, and another fetched when it is refused",
    async (method) => {
      // Its token is renewed in an object, which knows nothing of a test's own network.
      const vendor = `${env.VENDOR_URL}/kinds-${crypto.randomUUID()}`;
      const control = (action: string, told?: PartialQuirks) =>
        fetch(`${vendor.replace("/kinds-", "/control/kinds-")}${action}`, {
          method: "POST",
          ...(told ? { body: JSON.stringify(told) } : {}),
        });
      const clientAuth = method.endsWith("basic") ? "basic" : "post";
      await control("", {
        token: { clientAuth, params: { scope: "read", audience: "api" } },
        api: { routes: [{ at: "/v1/me", answer: { id: "u-1" } }] },
      });
      const team = await createTeam();
      const made = await team.ask("/api/v1/connections", {
        body: body(
          { method, fields: { clientId: "hub-client", clientSecret: "hub-secret" } },
          {
            params: {
              baseUrl: `${vendor}/v1`,
              testPath: "/me",
              tokenUrl: `${vendor}/token`,
              scope: "read",
              audience: "api",
            },
          },
        ),
      });
      expect(made.body).toMatchObject({
        status: "connected",
        auth: {
          refreshes: true,
          expiresAt: expect.any(Number),
          fieldNames: ["clientId", "clientSecret"],
        },
      });
      expect(made.text).not.toMatch(/hub-secret|at_/);
      await control("/expire");
      const path = `/api/v1/connections/${made.body.id}`;
      const tested = await team.ask(`${path}/test`, { method: "POST" });
      expect(tested.body).toMatchObject({ ok: true, error: null });
      expect((await team.ask(path)).body.status).toBe("connected");
    },
  );

  it("a JWT the hub signs, which verifies with the public key", async () => {
    const vendor = await atVendor(letsIn({}));
    const fields = {
      privateKey,
      issuer: "hub",
      audience: "acme",
      keyId: "k-1",
      algorithm: "PS256",
    };
    const { status, body: made, text } = await connect(vendor, { method: "jwt-key", fields });
    expect([status, made.error]).toEqual([201, undefined]);
    expect(made.auth).toMatchObject({ refreshes: true, expiresAt: expect.any(Number) });
    expect(text).not.toMatch(/PRIVATE KEY|eyJ/);
    const [asked] = await vendor.log();
    const token = asked?.headers["authorization"]?.replace("Bearer ", "") ?? "";
    const pem = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();
    const { payload, protectedHeader } = await jwtVerify(token, await importSPKI(pem, "PS256"));
    expect(payload).toMatchObject({ iss: "hub", aud: "acme" });
    expect(protectedHeader).toMatchObject({ alg: "PS256", kid: "k-1" });
  });

  it("a JWT signed with a secret, and an AWS signature", async () => {
    const vendor = await atVendor(letsIn({}));
    await connect(vendor, {
      method: "jwt-secret",
      fields: { secret: "s".repeat(32), issuer: "hub" },
    });
    const aws = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s3cret-of-aws-7781" };
    const params = {
      baseUrl: base,
      testPath: "/me",
      region: "eu-central-1",
      service: "execute-api",
    };
    const { status, text } = await connect(
      vendor,
      { method: "aws-sigv4", fields: aws },
      { params },
    );
    expect(status).toBe(201);
    expect(text).not.toContain(aws.secretAccessKey);
    const [jwt, signed] = await vendor.log();
    const token = jwt?.headers["authorization"]?.replace("Bearer ", "") ?? "";
    const verified = await jwtVerify(token, new TextEncoder().encode("s".repeat(32)));
    expect(verified.payload.iss).toBe("hub");
    expect(signed?.headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=[\w;-]+, Signature=[0-9a-f]{64}$/,
    );
  });

  it("a login to a database, of which it says what was tried and what was not", async () => {
    const port = new URL(env.FIXTURE_URL).port;
    const fields = { host: "127.0.0.1", port, database: "shop", user: "hub", password: right };
    const ask = async (more: Record<string, string>, team: TestTeam) =>
      team.ask("/api/v1/connections", {
        body: {
          connector: "postgresql",
          name: "Shop",
          auth: { method: "login", fields: { ...fields, ...more } },
        },
      });
    const team = await createTeam();
    const closed = await ask({ port: "1" }, team);
    expect(closed.body.error).toMatchObject({ code: "upstream_unreachable" });
    const inside = await ask({ host: "10.1.2.3" }, team);
    expect(inside.body.error).toMatchObject({ code: "outbound_refused" });
    expect(await traces(team)).toEqual(nothing);
    const { body: made, text } = await ask({}, team);
    expect(made).toMatchObject({
      status: "connected",
      config: { url: `postgresql://127.0.0.1:${port}` },
      capabilities: {
        checked: expect.stringContaining("login itself is tried by the first query"),
      },
    });
    expect(text).not.toContain(right);
  });

  it("a client certificate only through a bridge, which it says", async () => {
    const vendor = await atVendor(letsIn({}));
    const auth = { method: "client-certificate", fields: { certificate: privateKey, privateKey } };
    const refused = await connect(vendor, auth);
    expect(refused.body.error).toMatchObject({ message: expect.stringContaining("bridge") });
    expect(await traces(refused.team)).toEqual(nothing);
    const kept = await connect(vendor, auth, { allowUnreachable: true }, refused.team);
    expect(kept.body).toMatchObject({
      status: "error",
      lastError: { message: expect.stringContaining("bridge") },
    });
    expect(kept.text).not.toContain("PRIVATE KEY");
    expect(await vendor.log()).toEqual([]);
  });
});

describe("an MCP server is connected by", () => {
  it("a bearer token or a name and password, in place of headers", async () => {
    const team = await createTeam();
    const ask = (name: string, auth: Auth, config: object = {}) =>
      team.ask("/api/v1/connections", {
        body: { connector: "mcp", name, config: { url: env.FIXTURE_URL, ...config }, auth },
      });
    const bearer = await ask("One", { method: "bearer", fields: { token: right } });
    expect(bearer.body).toMatchObject({
      status: "connected",
      auth: { kind: "bearer", fieldNames: ["token"] },
    });
    const basic = await ask("Two", {
      method: "basic",
      fields: { username: "ada", password: right },
    });
    expect(basic.body).toMatchObject({
      status: "connected",
      counts: { tools: expect.any(Number) },
    });
    const both = await ask(
      "Three",
      { method: "bearer", fields: { token: right } },
      { headers: { "x-a": "b" } },
    );
    expect(both.body.error).toMatchObject({
      code: "invalid_input",
      details: { field: "body.auth" },
    });
    const consent = await ask("Four", { method: "oauth" });
    expect(consent.body.error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("POST /api/v1/connect-flows"),
      details: { field: "body.auth.method" },
    });
  });
});

describe("what is wrong is refused by its field, and nothing is left", () => {
  // One for all: nothing of any of them stays.
  let team: TestTeam;
  beforeAll(async () => {
    team = await createTeam();
  });
  const refused = (vendor: AtVendor, auth: Auth, more: object = {}) =>
    connect(vendor, auth, more, team);

  const key = { method: "api-key", fields: { apiKey: right } };
  it.each<[string, object]>([
    ["body.connector", body(key, { connector: "nothing" })],
    ["body.auth", body(key, { connector: "salesforce", auth: undefined })],
    ["body.auth.method", body({ method: "nothing" })],
    ["body.auth.fields.apiKey", body({ method: "api-key" })],
    ["body.auth.fields.apiKey", body({ method: "api-key", fields: { apiKey: `${right}\n` } })],
    ["body.auth.fields.other", body({ method: "api-key", fields: { apiKey: right, other: "x" } })],
    [
      "body.auth.fields.privateKey",
      body({
        method: "jwt-key",
        fields: { privateKey, issuer: "a", algorithm: "ES256" },
      }),
    ],
    [
      "body.auth.fields.privateKey",
      body({
        method: "jwt-key",
        fields: { privateKey: "-----BEGIN PRIVATE KEY-----\nMIIE", issuer: "a" },
      }),
    ],
    ["body.config", body(key, { config: { url: base } })],
    ["body.params.baseUrl", body(key, { params: { testPath: "/me" } })],
    ["body.params.baseUrl", body(key, { params: { baseUrl: "api.example.com", testPath: "/me" } })],
    [
      "body.params.testPath",
      body(key, { params: { baseUrl: base, testPath: "https://elsewhere.com" } }),
    ],
    [
      "body.params.tokenUrl",
      body(key, { params: { baseUrl: base, testPath: "/me", tokenUrl: base } }),
    ],
    [
      "body.params.shop",
      body(
        { method: "admin-token", fields: { apiKey: `shpat_${"0".repeat(32)}` } },
        { connector: "shopify", params: { shop: "evil.com/#" } },
      ),
    ],
  ])("%s", async (field, asked) => {
    const vendor = await atVendor(letsIn({}));
    const answer = await team.ask("/api/v1/connections", { body: asked, env: vendor.env });
    expect(answer.body.error).toMatchObject({ code: "invalid_input" });
    expect(answer.body.error.details).toMatchObject({ field });
    expect(answer.body.error.message.startsWith(`${field}: `)).toBe(true);
    expect(answer.text).not.toContain(right);
    expect(await traces(team)).toEqual(nothing);
    expect(await vendor.log()).toEqual([]);
  });

  it.each([
    "https://10.0.0.1/v1",
    "https://169.254.169.254",
    "http://api.example.com",
    "https://a.internal",
  ])("an address the hub does not go to, even to store it: %s", async (baseUrl) => {
    const vendor = await atVendor(letsIn({}));
    const more = { params: { baseUrl, testPath: "/me" }, allowUnreachable: true };
    const { body: answer } = await refused(vendor, key, more);
    expect(answer.error).toMatchObject({ code: "outbound_refused" });
    expect(await traces(team)).toEqual(nothing);
  });

  it.each<[string, PartialQuirks, string]>([
    ["refuses the key", letsIn({ "x-api-key": wrong }), "upstream_unauthorized"],
    ["fails", { misbehave: { api: { how: "500" } } }, "upstream_error"],
    ["answers with a page", { misbehave: { api: { how: "html" } } }, "upstream_invalid"],
    ["breaks off", { misbehave: { api: { how: "lost" } } }, "upstream_unreachable"],
    ["sends it inside", { misbehave: { api: { how: "redirect-private" } } }, "outbound_refused"],
  ])("a vendor that %s", async (_what, quirks, code) => {
    const { body: answer, text } = await refused(await atVendor(quirks), key);
    expect(answer.error.code).toBe(code);
    expect(text).not.toContain(right);
    expect(await traces(team)).toEqual(nothing);
  });

  it("client credentials that nobody knows, and a secret that is not there", async () => {
    const vendor = await atVendor({ token: { clientAuth: "post" } });
    const params = { baseUrl: base, testPath: "/me", tokenUrl: "https://auth.example.com/token" };
    const fields = { clientId: "hub-client", clientSecret: wrong };
    const client = await refused(vendor, { method: "client-credentials", fields }, { params });
    expect(client.body.error.code).toBe("upstream_unauthorized");
    expect(client.text).not.toContain(wrong);
    const named = await refused(vendor, {
      method: "api-key",
      fields: { apiKey: "{{secrets.NOWHERE}}" },
    });
    expect(named.body.error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("NOWHERE"),
    });
    expect(await traces(team)).toEqual(nothing);
  });
});

describe("what the vendor itself has to say", () => {
  offerConnector({
    id: "kinds-sites",
    name: "Sites",
    category: "crm",
    description: "A vendor of these tests.",
    params: [{ name: "site", label: "Site", source: "discovered", pattern: "[a-z0-9-]+" }],
    auth: [
      {
        kind: "bearer",
        id: "token",
        label: "Token",
        fields: [{ name: "token", label: "Token" }],
        base: "https://api.example.com/sites/{site}",
      },
    ],
    request: { base: "https://elsewhere.example.com" },
    discover: [
      {
        param: "site",
        label: "site",
        request: { url: "https://api.example.com/sites" },
        value: "/id",
        name: "/name",
      },
    ],
    test: { url: "/me", account: "/name" },
  });
  const sites = (...ids: string[]): PartialQuirks => ({
    api: {
      headers: { authorization: `Bearer ${right}` },
      routes: [
        { at: "/sites", answer: ids.map((id) => ({ id, name: `Site ${id}` })) },
        { at: "/sites/two/me", answer: { name: `Ada ${right}` } },
      ],
    },
  });
  const asked = (params: Record<string, string>) => ({
    connector: "kinds-sites",
    name: "Site",
    params,
    auth: { method: "token", fields: { token: right } },
  });

  it("is asked for: which account it is, and whose; and its answer hides what it was sent", async () => {
    const team = await createTeam();
    const vendor = await atVendor(sites("two"));
    const { body: made } = await team.ask("/api/v1/connections", {
      body: asked({}),
      env: vendor.env,
    });
    expect(made).toMatchObject({
      params: { site: "two" },
      config: { url: "https://api.example.com/sites/two" },
      auth: { account: "Ada [secret]" },
    });
  });

  it("is for somebody to choose where there are several", async () => {
    const team = await createTeam();
    const vendor = await atVendor(sites("one", "two"));
    const several = await team.ask("/api/v1/connections", { body: asked({}), env: vendor.env });
    expect(several.body.error).toMatchObject({
      code: "invalid_input",
      details: { field: "body.params.site" },
      message: expect.stringContaining("one (Site one), two (Site two)"),
    });
    expect(await traces(team)).toEqual(nothing);
    const chosen = await team.ask("/api/v1/connections", {
      body: asked({ site: "two" }),
      env: vendor.env,
    });
    expect(chosen.status).toBe(201);
  });
});

it("a team's secret stands in a field by its name, and is written down as used", async () => {
  const vendor = await atVendor(letsIn({ "x-api-key": `pre-${right}` }));
  const team = await createTeam();
  await team.ask("/api/v1/secrets", { body: { name: "ACME_KEY", value: right } });
  const fields = { apiKey: "pre-{{secrets.ACME_KEY}}" };
  const { status, body: made } = await connect(vendor, { method: "api-key", fields }, {}, team);
  expect(status).toBe(201);
  const uses = await drizzle(env.DB)
    .select()
    .from(secretUses)
    .where(eq(secretUses.teamId, team.id));
  expect(uses).toEqual([{ teamId: team.id, secretName: "ACME_KEY", connectionId: made.id }]);
  const path = `/api/v1/connections/${made.id}`;
  await vendor.change(letsIn({ "x-api-key": right }));
  const replaced = await team.ask(path, {
    method: "PATCH",
    body: { auth: { method: "api-key", fields: { apiKey: right } } },
    env: vendor.env,
  });
  expect(replaced.status).toBe(200);
  expect(await traces(team)).toMatchObject({ uses: 0 });
});

describe("in place", () => {
  const key = (apiKey: string) => ({ method: "api-key", fields: { apiKey } });

  async function connected() {
    const vendor = await atVendor(letsIn({ "x-api-key": right }));
    const { team, body: made } = await connect(vendor, key(right));
    const path = `/api/v1/connections/${made.id}`;
    const patch = (change: object, settings: Partial<Env> = {}) =>
      team.ask(path, { method: "PATCH", body: change, env: { ...vendor.env, ...settings } });
    return { vendor, team, made, path, patch };
  }

  it("a new key is tried, then takes the old one's place: id, slug and the rest stay", async () => {
    const { vendor, team, made, patch } = await connected();
    const before = await traces(team);
    const refused = await patch({ name: "Changed?", auth: key(wrong) });
    expect(refused.body.error.code).toBe("upstream_unauthorized");
    expect((await team.ask(`/api/v1/connections/${made.id}`)).body).toEqual(made);
    await vendor.change(letsIn({ authorization: `Bearer ${right}` }));
    const { body: now } = await patch({ auth: { method: "bearer", fields: { token: right } } });
    expect(now).toMatchObject({
      id: made.id,
      slug: made.slug,
      status: "connected",
      createdAt: made.createdAt,
      auth: { method: "bearer", fieldNames: ["token"] },
    });
    const after = await traces(team);
    expect(after).toEqual({ ...before, audit: before.audit + 1 });
  });

  it("another address is tried with the key it has", async () => {
    const { vendor, team, patch } = await connected();
    const moved = await patch({ params: { testPath: "/other" } });
    expect(moved.body.error.code).toBe("upstream_error");
    await vendor.change({
      api: { headers: { "x-api-key": right }, routes: [{ at: "/v2/me", answer: {} }] },
    });
    const { body: now } = await patch({ params: { baseUrl: "https://api.example.com/v2" } });
    expect(now).toMatchObject({
      config: { url: "https://api.example.com/v2" },
      params: { baseUrl: "https://api.example.com/v2", testPath: "/me" },
    });
    const inside = await patch({ params: { baseUrl: "https://10.0.0.1" } });
    expect(inside.body.error.code).toBe("outbound_refused");
    expect(await traces(team)).toMatchObject({ connections: 1, sealed: 1 });
  });

  it("a refused test shows in its state, and the next good one mends it", async () => {
    const { vendor, team, path } = await connected();
    const test = () => team.ask(`${path}/test`, { method: "POST", env: vendor.env });
    await vendor.change(letsIn({ "x-api-key": wrong }));
    expect((await test()).body).toMatchObject({
      ok: false,
      error: { code: "upstream_unauthorized" },
    });
    expect((await team.ask(path)).body).toMatchObject({ status: "error", errorCount: 1 });
    await vendor.change(letsIn({ "x-api-key": right }));
    expect((await test()).body.ok).toBe(true);
    expect((await team.ask(path)).body).toMatchObject({
      status: "connected",
      errorCount: 0,
      lastError: null,
    });
  });

  it("an MCP server's address is no address of a vendor's connection", async () => {
    const { patch } = await connected();
    const refused = await patch({ config: { url: "https://b.com/mcp" } });
    expect(refused.body.error).toMatchObject({ details: { field: "body.config" } });
  });
});

describe("one's own connection", () => {
  it("is made by whoever may run tools, and is there for nobody else", async () => {
    const vendor = await atVendor(letsIn({ "x-api-key": right }));
    const owner = await createTeam();
    const member = await owner.join("member");
    const auth = { method: "api-key", fields: { apiKey: right } };
    const refused = await connect(vendor, auth, {}, member);
    expect(refused.body.error.code).toBe("forbidden");
    const made = await connect(vendor, auth, { owner: "person" }, member);
    expect(made.body).toMatchObject({ owner: { kind: "person", personId: member.personId } });
    const path = `/api/v1/connections/${made.body.id}`;
    expect((await owner.ask(path)).status).toBe(404);
    expect((await owner.ask(`${path}/test`, { method: "POST", env: vendor.env })).status).toBe(404);
    expect((await owner.ask("/api/v1/connections/export")).text).not.toContain("Acme");
    expect((await member.ask(`${path}/test`, { method: "POST", env: vendor.env })).body.ok).toBe(
      true,
    );
    const renamed = await member.ask(path, {
      method: "PATCH",
      body: { name: "Mine" },
      env: vendor.env,
    });
    expect(renamed.body.name).toBe("Mine");
  });
});

// The first seven calls find out who asks: nothing is changed by then.
describe("where the storage fails in the middle", () => {
  const secretless = letsIn({ "x-api-key": right });
  const auth = { method: "api-key", fields: { apiKey: right } };

  it("a connection is there whole or not at all, whichever call fails", async () => {
    const vendor = await atVendor(secretless);
    const left: string[] = [];
    for (let k = 8; ; k++) {
      const team = await createTeam();
      const faulty = faultyStorage(k, "before");
      const answer = await team.ask("/api/v1/connections", {
        body: body(auth),
        env: { ...vendor.env, ...faulty.env },
      });
      const { connections: rows, credentials: refs, sealed, audit } = await traces(team);
      if (
        new Set([rows, refs, sealed, audit]).size !== 1 ||
        (answer.status === 201) !== (rows === 1)
      )
        left.push(
          `${k} ${faulty.calls[k - 1]}: ${answer.status} ${rows}/${refs}/${sealed}/${audit}`,
        );
      if (faulty.calls.length < k) break;
    }
    // What is said after everything was stored may get lost; the rest may not.
    expect(left.filter((one) => !/gate (bump|noteAudit)/.test(one))).toEqual([]);
  });

  it("a key that replaces another is the old one or the new one, whichever call fails", async () => {
    const vendor = await atVendor(letsIn({}));
    const faults: string[] = [];
    for (let k = 8; ; k++) {
      const { team, body: made } = await connect(vendor, auth);
      const faulty = faultyStorage(k, "before");
      const path = `/api/v1/connections/${made.id}`;
      await team.ask(path, {
        method: "PATCH",
        body: { auth: { method: "bearer", fields: { token: "new" } } },
        env: { ...vendor.env, ...faulty.env },
      });
      const tested = await team.ask(`${path}/test`, { method: "POST", env: vendor.env });
      const log = await vendor.log();
      const { method } = (await team.ask(path)).body.auth;
      const sent = log.at(-1)?.headers ?? {};
      const works =
        method === "bearer" ? sent["authorization"] === "Bearer new" : sent["x-api-key"] === right;
      if (!tested.body.ok || !works) faults.push(`${k} ${faulty.calls[k - 1]}`);
      if (faulty.calls.length < k) break;
    }
    expect(faults).toEqual([]);
  });
});
