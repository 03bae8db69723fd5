import { env } from "cloudflare:workers";
import { generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "../../testing/one-time-code";
import { createVisitor, newAddress, password, signUp, type Visitor } from "../../testing/visitor";
import { clientSecret, fakeProvider, issuer } from "../../testing/identity-provider";

const id = "company";
const configured = {
  PLUGBOARD_OIDC: JSON.stringify([
    { id, name: "Company", issuer, clientId: "plugboard", clientSecret },
  ]),
} as Partial<Env>;
let provider: Awaited<ReturnType<typeof fakeProvider>>;
let email: string;

beforeEach(async () => {
  provider = await fakeProvider();
  email = newAddress();
  provider.claims = { sub: crypto.randomUUID(), email, name: "Ada", email_verified: true };
});
afterEach(() => vi.restoreAllMocks());

const begin = (visitor: Visitor, more: object = {}, settings: Partial<Env> = {}) =>
  visitor.ask("/api/auth/sign-in/oauth2", {
    body: { providerId: id, callbackURL: "/activity", ...more },
    env: { ...configured, ...settings },
  });
const back = (visitor: Visitor, path: string, settings: Partial<Env> = {}) =>
  visitor.ask(path, { env: { ...configured, ...settings } });

async function come(visitor = createVisitor(), settings: Partial<Env> = {}) {
  const begun = await begin(visitor, {}, settings);
  expect(begun.status, begun.text).toBe(200);
  const answer = await back(visitor, await provider.visit(begun.body.url), settings);
  return { visitor, status: answer.status, location: answer.headers.get("location") };
}
const account = async (visitor: Visitor) => (await visitor.ask("/api/v1/account")).body;

describe("an OpenID Connect provider of the deployment", () => {
  it("is offered, and signs in whoever it confirms", async () => {
    const methods = await createVisitor().ask("/api/auth/methods", { env: configured });
    expect(methods.body).toMatchObject({
      password: true,
      signUp: "open",
      passkeys: true,
      providers: [{ id, name: "Company" }],
      outbox: true,
    });
    const { visitor, status, location } = await come();
    expect([status, location]).toEqual([302, "/activity"]);
    expect(await account(visitor)).toMatchObject({
      person: { name: "Ada", email, emailVerified: true },
      hasPassword: false,
      providers: [{ id, name: id }],
    });
    const again = await come();
    expect((await account(again.visitor)).person.id).toBe((await account(visitor)).person.id);
  });

  it("is asked with PKCE and a nonce, and nothing it gave is kept", async () => {
    const visitor = createVisitor();
    const { body } = await begin(visitor);
    const asked = new URL(body.url).searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "nonce", "state"]) expect(asked.get(name)).toBeTruthy();
    await back(visitor, await provider.visit(body.url));
    const row = await env.DB.prepare(
      "SELECT access_token, refresh_token, id_token FROM accounts WHERE provider_id = ? AND account_id = ?",
    )
      .bind(id, provider.claims["sub"])
      .first();
    expect(row).toEqual({ access_token: null, refresh_token: null, id_token: null });
  });

  it("comes to an account with the same address where both sides confirmed it", async () => {
    const ada = await signUp(email);
    const { visitor } = await come();
    expect((await account(visitor)).person.id).toBe(ada.personId);
    expect(await account(ada)).toMatchObject({ hasPassword: true, providers: [{ id }] });
  });

  it("does not, where the provider has not confirmed it", async () => {
    await signUp(email);
    provider.claims["email_verified"] = false;
    const { visitor, location } = await come();
    expect(location).toMatch(/^\/sign-in\?error=/);
    expect((await visitor.ask("/api/v1/account")).status).toBe(401);
  });

  it.each(["false", "no", 1, {}, [true], null])(
    "does not, where the provider says %j of the address",
    async (said) => {
      await signUp(email);
      provider.claims["email_verified"] = said;
      const { visitor, location } = await come();
      expect(location).toMatch(/^\/sign-in\?error=/);
      expect((await visitor.ask("/api/v1/account")).status).toBe(401);
    },
  );

  it("does not, whatever else the provider's words are called", async () => {
    await signUp(email);
    provider.claims["email_verified"] = false;
    provider.claims["emailVerified"] = true;
    const { visitor, location } = await come();
    expect(location).toMatch(/^\/sign-in\?error=/);
    expect((await visitor.ask("/api/v1/account")).status).toBe(401);
  });

  it("gives a name of one plain line", async () => {
    provider.claims["name"] = `Ada\r\nBcc: x\u202e${"y".repeat(5000)}`;
    const { visitor } = await come();
    expect((await account(visitor)).person.name).toMatch(/^Ada Bcc: x y{69}$/);
  });

  it("puts out whoever made an account with the address and confirmed nothing", async () => {
    await createVisitor().ask("/api/auth/sign-up/email", {
      body: { name: "Eve", email, password },
    });
    const confirmed = provider.claims["email_verified"];
    provider.claims["email_verified"] = false;
    expect((await come()).location).toMatch(/^\/sign-in\?error=/);
    provider.claims["email_verified"] = confirmed;
    const { visitor, location } = await come();
    expect(location).toBe("/activity");
    expect(await account(visitor)).toMatchObject({
      person: { email, emailVerified: true },
      hasPassword: false,
      providers: [{ id }],
    });
    const eve = await createVisitor().ask("/api/auth/sign-in/email", { body: { email, password } });
    expect([eve.status, eve.body.error.code]).toEqual([401, "unauthorized"]);
  });

  it("makes no account for an address it has not confirmed", async () => {
    provider.claims["email_verified"] = false;
    expect((await come()).location).toBe(
      "/sign-in?error=email_not_verified&error_description=not+verified",
    );
  });

  it("makes no account by itself where accounts are made by invitation", async () => {
    const { location } = await come(createVisitor(), { PLUGBOARD_SIGN_UP: "invited" });
    expect(location).toContain("error=sign_up_by_invitation");
    expect(
      await env.DB.prepare("SELECT count(*) n FROM people WHERE email = ?").bind(email).first("n"),
    ).toBe(0);
  });

  it("asks for the second factor of whoever has one", async () => {
    const now = Math.ceil(Date.now() / 30_000) * 30_000;
    vi.useFakeTimers({ toFake: ["Date"], now });
    const ada = await signUp(email);
    const { body } = await ada.ask("/api/auth/two-factor/enable", { body: { password } });
    await ada.ask("/api/auth/two-factor/verify-totp", {
      body: { code: codeOf(body.totpURI, now) },
    });
    const { visitor, location } = await come();
    expect(location).toBe("/sign-in?factor=true&next=%2Factivity");
    expect((await visitor.ask("/api/v1/account")).status).toBe(401);
    const done = await visitor.ask("/api/auth/two-factor/verify-totp", {
      body: { code: codeOf(body.totpURI, now + 30_000) },
    });
    expect(done.status).toBe(200);
    expect((await account(visitor)).session.secondFactorAt).toBe(now);
    vi.useRealTimers();
  });

  it.each([
    [
      "a token somebody else signed",
      async () => (provider.signWith = (await generateKeyPair("ES256")).privateKey),
    ],
    ["another nonce", async () => (provider.claims["nonce"] = "another")],
  ])("is not believed with %s", async (_, spoil) => {
    await spoil();
    const { visitor, location } = await come();
    expect(location).toMatch(/^\/sign-in\?error=/);
    expect((await visitor.ask("/api/v1/account")).status).toBe(401);
  });

  it("comes back to the browser that began, once", async () => {
    const visitor = createVisitor();
    const path = await provider.visit((await begin(visitor)).body.url);
    const other = createVisitor();
    expect((await back(other, path)).headers.get("location")).toMatch(/error=/);
    expect((await other.ask("/api/v1/account")).status).toBe(401);
    const mine = await back(visitor, path);
    const replayed = await back(visitor, path);
    expect(replayed.headers.get("location")).toMatch(/error=/);
    expect(mine.status).toBe(302);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "",
  ])("leads nowhere but to this hub's pages (%j)", async (path) => {
    for (const name of ["callbackURL", "errorCallbackURL"]) {
      const refused = await begin(createVisitor(), { [name]: path });
      expect([refused.status, refused.body.error.code]).toEqual([400, "invalid_input"]);
    }
  });

  it("is not known under another name, and keeps nobody from a password where it is down", async () => {
    const unknown = await createVisitor().ask("/api/auth/sign-in/oauth2", {
      body: { providerId: "nobody" },
      env: configured,
    });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, "not_found"]);
    vi.restoreAllMocks();
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("down"));
    const ada = await signUp(email);
    const entered = await createVisitor().ask("/api/auth/sign-in/email", {
      body: { email: ada.email, password },
      env: configured,
    });
    expect(entered.status).toBe(200);
    expect((await begin(createVisitor())).body.error.code).toBe("upstream_unreachable");
  });
});

it("sends browsers to GitHub where the deployment has an app there", async () => {
  const github = { PLUGBOARD_GITHUB_ID: "app", PLUGBOARD_GITHUB_SECRET: "secret" };
  const { body } = await createVisitor().ask("/api/auth/sign-in/social", {
    body: { provider: "github" },
    env: github,
  });
  const url = new URL(body.url);
  expect([url.origin, url.pathname]).toEqual(["https://github.com", "/login/oauth/authorize"]);
  expect(url.searchParams.get("redirect_uri")).toBe("http://127.0.0.1/api/auth/callback/github");
  expect(url.searchParams.get("code_challenge_method")).toBe("S256");
  expect(body.url).not.toContain("secret");
});
