import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { offerConnector } from "../../testing/offer-connector";
import { createTeam, signIn, type TestTeam } from "../../testing/team";
import {
  browserOf,
  storeApp,
  vendorConnector,
  type TestBrowser,
} from "../../testing/vendor-browser";

const connector = "flows-callback";
offerConnector(vendorConnector(connector));

let team: TestTeam;
let vendor: AtVendor;
let browser: TestBrowser;
beforeEach(async () => {
  team = await createTeam();
  vendor = await atVendor();
  browser = browserOf(team, { vendor });
  await storeApp(team, connector);
});

const asked = { connector, method: "oauth", name: "Desk" };

/** What came of it for the team, wherever it could lie. */
async function kept(of = team) {
  const count = async (table: string) =>
    (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE team_id = ?`)
      .bind(of.id)
      .first<{ n: number }>())!.n;
  return {
    connections: await count("connections"),
    // One is the app's.
    credentials: (await count("credentials")) - (await count("oauth_apps")),
    records:
      (await env.TOKENS.list({ prefix: `t/${of.id}/c/` })).keys.length -
      (await count("oauth_apps")),
    uses: await count("secret_uses"),
  };
}
const nothing = { connections: 0, credentials: 0, records: 0, uses: 0 };

describe("a sign-in at a vendor", () => {
  it("leads from the click to a connection that works", async () => {
    const begun = await browser.begin(asked);
    expect(begun.status, begun.text).toBe(201);
    expect(begun.body).toMatchObject({ status: "waiting", connector, device: null, error: null });
    const [cookie = ""] = begun.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-plugboard-connect=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
    expect(await kept()).toEqual(nothing);
    const landed = await browser.comeBack(await browser.consent(begun.body.authorizeUrl));
    expect(landed.status).toBe(303);
    expect(landed.headers.get("location")).toBe(`/connect/done?flow=${begun.body.id}`);
    expect(landed.headers.get("cache-control")).toBe("no-store");
    expect(landed.headers.get("referrer-policy")).toBe("no-referrer");
    const flow = await browser.flow(begun.body.id);
    expect(flow).toMatchObject({ status: "done", error: null, authorizeUrl: null });
    expect(flow.connection).toMatchObject({
      id: flow.connectionId,
      name: "Desk",
      status: "connected",
      owner: { kind: "team" },
      auth: {
        method: "oauth",
        scopes: ["read", "write"],
        missingScopes: [],
        account: "ada@example.org",
        refreshes: true,
      },
    });
    expect(flow.connection.auth.consentedAt).toBeGreaterThan(0);
    expect(await kept()).toEqual({ connections: 1, credentials: 1, records: 1, uses: 0 });
    const audit = await team.ask("/api/v1/audit");
    expect(audit.text).toContain("connection.create");
  });

  it("shows nothing of codes, tokens and secrets anywhere but sealed", async () => {
    const { flow, back, landed } = await browser.connect(asked);
    const token = (await vendor.log()).find(({ place }) => place === "token");
    const bearer = (await vendor.log()).find(({ place }) => place === "api");
    const secrets = [
      new URLSearchParams(back.split("?")[1]).get("code"),
      new URLSearchParams(back.split("?")[1]).get("state"),
      new URLSearchParams(token?.body).get("code_verifier"),
      bearer?.headers["authorization"]?.replace("Bearer ", ""),
      browser.jar.get("__Host-plugboard-connect"),
      "hub-secret",
    ].map((secret) => secret ?? "missing");
    expect(secrets).not.toContain("missing");
    const audit = await team.ask("/api/v1/audit");
    const texts = [
      JSON.stringify(flow),
      landed.text,
      JSON.stringify([...landed.headers]),
      audit.text,
    ];
    for (const { name } of (
      await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
        name: string;
      }>()
    ).results.filter(({ name }) => !/^(_cf|sqlite|d1_)/.test(name)))
      texts.push(JSON.stringify((await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results));
    for (const { name } of (await env.TOKENS.list({ prefix: `t/${team.id}/` })).keys)
      texts.push((await env.TOKENS.get(name)) ?? "");
    const all = texts.join("\n");
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toMatch(/\b(at|rt|code)_[\w-]{24}/);
  });

  it("keeps several in one browser apart", async () => {
    const one = await browser.begin(asked);
    const other = await browser.begin({ ...asked, name: "Other" });
    expect(browser.jar.size).toBe(1);
    await browser.comeBack(await browser.consent(other.body.authorizeUrl));
    await browser.comeBack(await browser.consent(one.body.authorizeUrl));
    expect((await browser.flow(one.body.id)).connection.name).toBe("Desk");
    expect((await browser.flow(other.body.id)).connection.name).toBe("Other");
  });

  it("makes a connection of one's own for whoever may have one", async () => {
    const member = await team.join("member");
    const theirs = browserOf(member, { vendor });
    expect((await theirs.begin(asked)).status).toBe(403);
    const { flow } = await theirs.connect({ ...asked, owner: "person" });
    expect(flow.connection.owner).toEqual({ kind: "person", personId: member.personId });
  });

  it("works with a session as with a key", async () => {
    const person = browserOf(team, { vendor, headers: await signIn(team) });
    const { flow } = await person.connect(asked);
    expect(flow.status).toBe("done");
  });
});

describe("a callback", () => {
  const errorOf = (location: string | null) => /error=(\w+)/.exec(location ?? "")?.[1];

  it.each<[string, (back: URL) => void, string]>([
    ["without a state", (back) => back.searchParams.delete("state"), "callback_invalid"],
    ["with an empty state", (back) => back.searchParams.set("state", ""), "callback_invalid"],
    ["with two states", (back) => back.searchParams.append("state", "x"), "callback_invalid"],
    [
      "with a state too long",
      (back) => back.searchParams.set("state", "x".repeat(5000)),
      "callback_invalid",
    ],
    [
      "with a state nobody gave",
      (back) => back.searchParams.set("state", "x".repeat(43)),
      "state_mismatch",
    ],
  ])("%s changes nothing, and the sign-in goes on", async (_, damage, code) => {
    const begun = await browser.begin(asked);
    const good = await browser.consent(begun.body.authorizeUrl);
    const back = new URL(good, "http://127.0.0.1");
    damage(back);
    const landed = await browser.comeBack(back.pathname + back.search);
    expect([landed.status, errorOf(landed.headers.get("location"))]).toEqual([303, code]);
    expect(landed.headers.get("location")).not.toContain("flow=");
    expect((await browser.flow(begun.body.id)).status).toBe("waiting");
    await browser.comeBack(good);
    expect((await browser.flow(begun.body.id)).status).toBe("done");
  });

  it.each<[string, (back: URL) => void, string]>([
    ["no code", (back) => back.searchParams.delete("code"), "callback_invalid"],
    ["two codes", (back) => back.searchParams.append("code", "x"), "callback_invalid"],
    ["both code and error", (back) => back.searchParams.set("error", "access_denied"), "denied"],
    ["a code nobody gave", (back) => back.searchParams.set("code", "code_x"), "token_refused"],
    [
      "an error in the vendor's own words",
      (back) => {
        back.searchParams.delete("code");
        back.searchParams.set("error", "<script>canary</script>");
      },
      "misconfigured",
    ],
  ])("with %s ends the sign-in and keeps nothing", async (_, damage, code) => {
    const begun = await browser.begin(asked);
    const back = new URL(await browser.consent(begun.body.authorizeUrl), "http://127.0.0.1");
    damage(back);
    const landed = await browser.comeBack(back.pathname + back.search);
    expect(landed.headers.get("location")).toBe(`/connect/done?flow=${begun.body.id}`);
    const flow = await browser.flow(begun.body.id);
    expect([flow.status, flow.error.code]).toEqual(["failed", code]);
    expect(JSON.stringify(flow)).not.toContain("canary");
    expect(await kept()).toEqual(nothing);
    expect((await team.ask("/api/v1/audit")).text).toContain("connection.sign_in.failed");
  });

  it("counts once: brought again it does nothing and says so", async () => {
    const { back, flow } = await browser.connect(asked);
    const again = await browser.comeBack(back);
    expect(errorOf(again.headers.get("location"))).toBe("state_mismatch");
    expect(await browser.flow(flow.id)).toEqual(flow);
    expect((await kept()).connections).toBe(1);
    expect((await vendor.log()).filter(({ place }) => place === "token")).toHaveLength(1);
  });

  it("counts once where two come at the same time", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    const landed = await Promise.all([1, 2, 3].map(() => browser.comeBack(back)));
    for (const { status } of landed) expect(status).toBe(303);
    expect((await browser.flow(begun.body.id)).status).toBe("done");
    expect(await kept()).toMatchObject({ connections: 1, records: 1 });
    expect((await vendor.log()).filter(({ place }) => place === "token")).toHaveLength(1);
  });

  it("counts in the browser it was begun in alone", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    const other = browserOf(team, { vendor });
    const bare = await other.comeBack(back);
    expect(errorOf(bare.headers.get("location"))).toBe("state_mismatch");
    await other.begin({ ...asked, name: "Theirs" });
    const strange = await other.comeBack(back);
    expect(errorOf(strange.headers.get("location"))).toBe("state_mismatch");
    expect(await kept()).toEqual(nothing);
    expect((await vendor.log()).filter(({ place }) => place === "token")).toEqual([]);
    await browser.comeBack(back);
    expect((await browser.flow(begun.body.id)).status).toBe("done");
  });

  it("comes too late after ten minutes", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    await age(begun.body.id, 600_000);
    const landed = await browser.comeBack(back);
    expect(landed.headers.get("location")).toBe(`/connect/done?flow=${begun.body.id}`);
    expect(await browser.flow(begun.body.id)).toMatchObject({
      status: "failed",
      error: { code: "expired" },
      authorizeUrl: null,
    });
    expect(await kept()).toEqual(nothing);
  });

  it("that the hub broke off in the middle reads as failed in time, and is not taken up again", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    await env.DB.prepare("UPDATE connect_flows SET status = 'working' WHERE id = ?")
      .bind(begun.body.id)
      .run();
    expect((await browser.comeBack(back)).headers.get("location")).toContain("flow=");
    expect((await browser.flow(begun.body.id)).status).toBe("working");
    await age(begun.body.id, 600_000);
    const flow = await browser.flow(begun.body.id);
    expect([flow.status, flow.error.code]).toEqual(["failed", "internal"]);
    expect(await kept()).toEqual(nothing);
  });
});

const age = (id: string, ms: number) =>
  env.DB.prepare("UPDATE connect_flows SET expires_at = expires_at - ? WHERE id = ?")
    .bind(ms, id)
    .run();

describe("whoever began a sign-in", () => {
  it("has to be a member still", async () => {
    const admin = await team.join("admin");
    const theirs = browserOf(admin, { vendor });
    const begun = await theirs.begin(asked);
    const back = await theirs.consent(begun.body.authorizeUrl);
    await team.ask(`/api/v1/members/${admin.personId}`, { method: "DELETE" });
    const landed = await theirs.comeBack(back);
    expect(landed.headers.get("location")).toBe(`/connect/done?flow=${begun.body.id}`);
    expect((await theirs.ask(`/api/v1/connect-flows/${begun.body.id}`)).status).toBe(401);
    expect(await kept()).toEqual(nothing);
    expect((await vendor.log()).filter(({ place }) => place === "token")).toEqual([]);
    expect(await stored(begun.body.id)).toMatchObject({ status: "failed", sealed: "" });
  });

  it("has to be allowed it still", async () => {
    const admin = await team.join("admin");
    const theirs = browserOf(admin, { vendor });
    const begun = await theirs.begin(asked);
    const back = await theirs.consent(begun.body.authorizeUrl);
    await team.ask(`/api/v1/members/${admin.personId}`, {
      method: "PATCH",
      body: { role: "member" },
    });
    await theirs.comeBack(back);
    expect((await theirs.flow(begun.body.id)).error.code).toBe("not_allowed");
    expect(await kept()).toEqual(nothing);
  });

  it("has to be signed in still", async () => {
    const session = await signIn(team);
    const person = browserOf(team, { vendor, headers: session });
    const begun = await person.begin(asked);
    const back = await person.consent(begun.body.authorizeUrl);
    await person.ask("/api/auth/sign-out", { method: "POST" });
    await person.comeBack(back);
    expect(await stored(begun.body.id)).toMatchObject({ status: "failed" });
    expect(await kept()).toEqual(nothing);
  });

  it("is the only one for whom it is there", async () => {
    const begun = await browser.begin(asked);
    const path = `/api/v1/connect-flows/${begun.body.id}`;
    for (const somebody of [await team.join("owner"), await createTeam()])
      for (const [at, method, body] of [
        [path, "GET"],
        [path, "DELETE"],
        [`${path}/choice`, "POST", { value: "x" }],
      ] as const) {
        const answer = await somebody.ask(at, { method, ...(body ? { body } : {}) });
        expect([answer.status, answer.body.error.code]).toEqual([404, "not_found"]);
      }
    expect((await browser.flow(begun.body.id)).status).toBe("waiting");
  });

  it("may cancel it", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    const path = `/api/v1/connect-flows/${begun.body.id}`;
    expect((await browser.ask(path, { method: "DELETE" })).status).toBe(204);
    expect((await browser.ask(path, { method: "DELETE" })).status).toBe(204);
    await browser.comeBack(back);
    const flow = await browser.flow(begun.body.id);
    expect([flow.status, flow.error.code]).toEqual(["failed", "cancelled"]);
    expect(await kept()).toEqual(nothing);
  });
});

const stored = (id: string) =>
  env.DB.prepare("SELECT status, sealed FROM connect_flows WHERE id = ?").bind(id).first();

describe("what changed while somebody was at the vendor", () => {
  it("the name is taken: the tokens are not given back where another connection may need them", async () => {
    const begun = await browser.begin(asked);
    await browser.connect({ ...asked, name: "desk first" });
    await env.DB.prepare("UPDATE connections SET name = 'Desk' WHERE team_id = ?")
      .bind(team.id)
      .run();
    await browser.comeBack(await browser.consent(begun.body.authorizeUrl));
    const flow = await browser.flow(begun.body.id);
    expect(flow.error.code).toBe("name_taken");
    expect(flow.error.message).toContain("Desk");
    expect(await kept()).toEqual({ connections: 1, credentials: 1, records: 1, uses: 0 });
    expect((await vendor.log()).filter(({ place }) => place === "revoke")).toEqual([]);
  });

  it("the app is gone", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    await team.ask(`/api/v1/oauth-apps/${connector}`, { method: "DELETE" });
    await browser.comeBack(back);
    expect((await browser.flow(begun.body.id)).error.code).toBe("misconfigured");
    expect(await kept()).toEqual(nothing);
  });

  it("the team is gone", async () => {
    const begun = await browser.begin(asked);
    const back = await browser.consent(begun.body.authorizeUrl);
    const { body } = await team.ask("/api/v1/team");
    const gone = await team.ask("/api/v1/team", { method: "DELETE", body: { name: body.name } });
    expect(gone.status, gone.text).toBe(204);
    const landed = await browser.comeBack(back);
    expect(errorIn(landed.headers.get("location"))).toBe("state_mismatch");
    expect(await kept()).toEqual(nothing);
  });
});
const errorIn = (location: string | null) => /error=(\w+)/.exec(location ?? "")?.[1];

describe("a vendor that answers badly", () => {
  it.each([
    ["html", "token_invalid"],
    ["huge", "token_invalid"],
    ["token-is-object", "token_invalid"],
    ["token-with-newline", "token_invalid"],
    ["redirect-private", "refused_address"],
    ["500", "unreachable"],
    ["lost", "unreachable"],
    ["invalid_grant", "token_refused"],
    ["a-secret-in-the-error", "token_refused"],
  ] as const)("with %s for a token: %s, and nothing is kept", async (how, code) => {
    await vendor.change({ misbehave: { token: { how, times: 1 } } });
    const { flow, landed } = await browser.connect(asked);
    expect(landed.status).toBe(303);
    expect([flow.status, flow.error.code], flow.error.message).toEqual(["failed", code]);
    expect(flow.error.message).toMatch(/\.$/);
    expect(JSON.stringify(flow)).not.toMatch(/at_|vendor's own words|169\.254/);
    expect(await kept()).toEqual(nothing);
    expect(await stored(flow.id)).toMatchObject({ sealed: "" });
    // Whoever begins again gets there.
    const { flow: again } = await browser.connect(asked);
    expect(again.status).toBe("done");
  });

  it.each(["401", "html", "redirect-private"] as const)(
    "with %s for the first request: the tokens are given back",
    async (how) => {
      await vendor.change({ misbehave: { api: { how } } });
      const { flow } = await browser.connect(asked);
      expect(flow.status).toBe("failed");
      expect(["test_failed", "refused_address", "unreachable"]).toContain(flow.error.code);
      expect(await kept()).toEqual(nothing);
      const revoked = (await vendor.log()).filter(({ place }) => place === "revoke");
      expect(revoked.map(({ status }) => status)).toEqual([200]);
    },
  );

  it.each([
    ["access_denied", "denied"],
    ["invalid_scope", "scope_refused"],
    ["server_error", "unreachable"],
    ["unauthorized_client", "misconfigured"],
  ])("with %s at its page: %s", async (decision, code) => {
    await vendor.change({ authorize: { decision } });
    const { flow, landed } = await browser.connect(asked);
    expect(flow.error.code).toBe(code);
    expect(String(landed.headers.get("location")) + JSON.stringify(flow)).not.toContain("script");
    expect(await kept()).toEqual(nothing);
  });

  it("by granting less than the connector needs: nothing is kept, and the tokens are given back", async () => {
    await vendor.change({ authorize: { grants: "write" } });
    const { flow } = await browser.connect(asked);
    expect(flow.error.code).toBe("scope_refused");
    expect(await kept()).toEqual(nothing);
    expect((await vendor.log()).filter(({ place }) => place === "revoke")).toHaveLength(1);
  });

  it("by granting less than was asked for: the connection says what is missing", async () => {
    await vendor.change({ authorize: { grants: "read" } });
    const { flow } = await browser.connect(asked);
    expect(flow.connection.auth).toMatchObject({ scopes: ["read"], missingScopes: ["write"] });
  });
});
