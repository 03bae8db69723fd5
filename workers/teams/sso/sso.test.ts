import { env } from "cloudflare:workers";
import { generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askHub, createTeam, type TestAnswer, type TestTeam } from "../../testing/team";
import { clientSecret, dohUrl, fakeProvider, issuer } from "../../testing/identity-provider";

const named = { PLUGBOARD_DOH_URL: dohUrl } as Partial<Env>;
const origin = "http://127.0.0.1";
let domain: string;
let team: TestTeam;
let provider: Awaited<ReturnType<typeof fakeProvider>>;

beforeEach(async () => {
  domain = `d${crypto.randomUUID().slice(0, 8)}.example.org`;
  team = await createTeam();
  provider = await fakeProvider();
  provider.claims["email"] = `ada@${domain}`;
});
afterEach(() => vi.restoreAllMocks());

const setUp = (of: TestTeam, change: Record<string, unknown> = {}) =>
  of.ask("/api/v1/team/sso", {
    method: "PUT",
    body: { issuer, clientId: "plugboard", clientSecret, domain, ...change },
    env: named,
  });

async function capture(of: TestTeam): Promise<void> {
  const { body } = await setUp(of);
  provider.texts = [body.provider.dns.text];
  const verified = await of.ask("/api/v1/team/sso/verify-domain", { method: "POST", env: named });
  expect(verified.status, verified.text).toBe(200);
}

const start = (email: string, next = "/activity") =>
  askHub("/api/auth/sso", { body: { email, next }, env: named });

const cookieOf = (answer: TestAnswer, name: string): string | undefined =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(";")[0];

async function come(email = `ada@${domain}`): Promise<TestAnswer> {
  const started = await start(email);
  const back = await provider.visit(started.body.url);
  const cookie = cookieOf(started, "__Host-plugboard-sso") ?? "";
  return askHub(back, { headers: { cookie }, env: named });
}

const me = (answer: TestAnswer) =>
  askHub("/api/v1/me", { headers: { cookie: cookieOf(answer, "__Host-plugboard") ?? "", origin } });

describe("a team's identity provider", () => {
  it("is set up, and its secret is nowhere to be read", async () => {
    const { status, body, text } = await setUp(team);
    expect(status, text).toBe(200);
    expect(body.provider).toMatchObject({ issuer, domain, domainVerifiedAt: null });
    expect(body.redirectUri).toBe(`${origin}/api/auth/sso/callback`);
    const audit = await team.ask("/api/v1/audit");
    expect(audit.text).toContain("sso.update");
    expect(text + audit.text).not.toContain(clientSecret);
    const rows = await env.DB.prepare("SELECT * FROM sso_providers").all();
    expect(JSON.stringify(rows.results)).not.toContain(clientSecret);
  });

  it.each([
    ["an issuer that is not what it says", { issuer: "https://login.example.com/other" }, 502],
    ["a private address", { issuer: "https://10.0.0.1" }, 400],
    ["no domain", { domain: "localhost" }, 400],
    ["a role that gives roles", { defaultRole: "owner" }, 400],
    ["a role of nobody", { defaultRole: "rol_01k5x8a1qv2h7c9d4e6f8g0h2j" }, 400],
  ])("is refused with %s", async (_, change, status) => {
    expect((await setUp(team, change)).status).toBe(status);
    expect((await team.ask("/api/v1/team/sso")).body.provider).toBeNull();
  });

  it("is for whoever may manage the team", async () => {
    const member = await team.join("member");
    expect((await setUp(member)).status).toBe(403);
    expect((await member.ask("/api/v1/team/sso")).status).toBe(403);
  });

  it("is set up and changed by an owner: whoever names it can come in as one", async () => {
    await capture(team);
    const admin = await team.join("admin");
    expect((await setUp(admin, { clientId: "hostile" })).body.error.code).toBe("forbidden");
    expect((await team.ask("/api/v1/team/sso")).body.provider.clientId).toBe("plugboard");
  });

  it("captures its domain once its DNS says so, and no second team does", async () => {
    await setUp(team);
    const unsaid = await team.ask("/api/v1/team/sso/verify-domain", { method: "POST", env: named });
    expect(unsaid.status).toBe(409);
    expect((await start(`ada@${domain}`)).status).toBe(404);
    await capture(team);
    const other = await createTeam();
    const { body } = await setUp(other);
    provider.texts.push(body.provider.dns.text);
    const second = await other.ask("/api/v1/team/sso/verify-domain", {
      method: "POST",
      env: named,
    });
    expect(second.status).toBe(409);
    expect((await other.ask("/api/v1/team/sso")).body.provider.domainVerifiedAt).toBeNull();
  });

  it("has to show a domain anew once it names another", async () => {
    await capture(team);
    const moved = await setUp(team, { domain: `x${domain}` });
    expect(moved.body.provider.domainVerifiedAt).toBeNull();
    expect((await start(`ada@${domain}`)).status).toBe(404);
  });
});

describe("coming in through it", () => {
  beforeEach(() => capture(team));

  it("makes a person and a member, and leads where they wanted to go", async () => {
    const answer = await come();
    expect(answer.headers.get("location")).toBe("/activity");
    const { body } = await me(answer);
    expect(body).toMatchObject({ team: { id: team.id }, role: "member", person: { name: "Ada" } });
    expect((await team.ask("/api/v1/audit?limit=1")).body.items[0]).toMatchObject({
      action: "session.create",
      details: { by: "single sign-on", joined: true },
    });
  });

  it("finds the same person the next time, whatever their address is by then", async () => {
    const first = await me(await come());
    provider.claims["email"] = `ada.l@${domain}`;
    const second = await me(await come());
    expect(second.body.person.id).toBe(first.body.person.id);
  });

  it("takes an account that nobody had confirmed, and not the password of whoever made it", async () => {
    const email = `ada@${domain}`;
    const password = "a stranger's password";
    const made = await askHub("/api/auth/sign-up/email", {
      body: { name: "Stranger", email, password },
      headers: { origin },
    });
    expect(made.status, made.text).toBe(200);
    const { body } = await me(await come());
    expect(body.team.id).toBe(team.id);
    const rows = await env.DB.prepare("SELECT provider_id FROM accounts WHERE person_id = ?")
      .bind(body.person.id)
      .all();
    expect(rows.results).toEqual([{ provider_id: expect.stringMatching(/^sso\//) }]);
  });

  it("lets nobody back in whom the team removed, until they are invited", async () => {
    const { body } = await me(await come());
    const removed = await team.ask(`/api/v1/members/${body.person.id}`, { method: "DELETE" });
    expect(removed.status, removed.text).toBe(204);
    const refused = await come();
    expect(refused.headers.get("location")).toBe("/sign-in?sso=forbidden");
    expect(cookieOf(refused, "__Host-plugboard")).toBeUndefined();
  });

  it("makes one person of somebody who comes in two windows at once", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => come()));
    const seen = await Promise.all(
      answers.map(async (answer) => (await me(answer)).body.person.id),
    );
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^per_/);
  });

  it.each([
    ["another domain", { email: "ada@elsewhere.example" }],
    ["an address nobody verified", { email_verified: false }],
  ])("refuses %s", async (_, claims) => {
    Object.assign(provider.claims, claims);
    const answer = await come();
    expect(answer.headers.get("location")).toBe("/sign-in?sso=forbidden");
    expect(cookieOf(answer, "__Host-plugboard")).toBeUndefined();
  });

  it("refuses a token that another key signed, or another issuer", async () => {
    provider.signWith = (await generateKeyPair("ES256")).privateKey;
    expect((await come()).headers.get("location")).toBe("/sign-in?sso=upstream_invalid");
  });

  it("takes a state once, and only in the browser that went away with it", async () => {
    const started = await start(`ada@${domain}`);
    const back = await provider.visit(started.body.url);
    const cookie = cookieOf(started, "__Host-plugboard-sso") ?? "";
    expect((await askHub(back, { env: named })).headers.get("location")).toBe(
      "/sign-in?sso=link_expired",
    );
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => askHub(back, { headers: { cookie }, env: named })),
    );
    const places = tries.map(({ headers }) => headers.get("location"));
    expect(places.filter((place) => place === "/activity")).toHaveLength(1);
    expect(places.filter((place) => place === "/sign-in?sso=link_expired")).toHaveLength(9);
  });

  it.each(["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"])(
    "never leads to %s",
    async (next) => {
      const started = await start(`ada@${domain}`, next);
      const back = await provider.visit(started.body.url);
      const cookie = cookieOf(started, "__Host-plugboard-sso") ?? "";
      const answer = await askHub(back, { headers: { cookie }, env: named });
      expect(answer.headers.get("location")).toBe("/");
    },
  );
});
