import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { offerConnector } from "../../testing/offer-connector";
import { createTeam, type TestTeam } from "../../testing/team";
import {
  browserOf,
  storeApp,
  vendorConnector,
  type TestBrowser,
} from "../../testing/vendor-browser";
import { clearFlows } from "./expire";

const connector = "flows-ways";
offerConnector(vendorConnector(connector));

const sites = (...ids: string[]) => ({
  routes: [
    { at: "/api/me", answer: { email: "ada@example.org" } },
    { at: "/api/sites", answer: ids.map((id) => ({ id, name: `Site ${id}` })) },
  ],
});
let team: TestTeam;
let vendor: AtVendor;
let browser: TestBrowser;
beforeEach(async () => {
  team = await createTeam();
  vendor = await atVendor({ api: sites("north", "south") });
  browser = browserOf(team, { vendor });
  await storeApp(team, connector);
});

const rowOf = (id: string) =>
  env.DB.prepare("SELECT * FROM connect_flows WHERE id = ?").bind(id).first<Record<string, any>>();
const set = (id: string, change: string) =>
  env.DB.prepare(`UPDATE connect_flows SET ${change} WHERE id = ?`).bind(id).run();
const revoked = async () => (await vendor.log()).filter(({ place }) => place === "revoke").length;
const connectionsOf = async (of = team) => (await of.ask("/api/v1/connections")).body.items;

describe("a vendor with several accounts behind one sign-in", () => {
  const asked = { connector, method: "sites", name: "Site" };
  const choose = (id: string, value: string, of = browser) =>
    of.ask(`/api/v1/connect-flows/${id}/choice`, { body: { value } });

  it("lets the person choose, and nothing is there before", async () => {
    const { id, flow } = await browser.connect(asked);
    expect(flow).toMatchObject({
      status: "choosing",
      authorizeUrl: null,
      choices: {
        param: "site",
        label: "site",
        options: [
          { value: "north", name: "Site north" },
          { value: "south", name: "Site south" },
        ],
      },
    });
    expect(await connectionsOf()).toEqual([]);
    expect(JSON.stringify(await rowOf(id))).not.toMatch(/\b(at|rt)_[\w-]{24}/);
    expect((await choose(id, "elsewhere")).status).toBe(400);
    expect((await browser.flow(id)).status).toBe("choosing");
    const chosen = await choose(id, "south");
    expect(chosen.body).toMatchObject({ status: "done", choices: null });
    expect(chosen.body.connection.params).toEqual({ site: "south" });
    expect((await choose(id, "north")).status).toBe(409);
    expect(await connectionsOf()).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ sealed: "" });
  });

  it("takes the only one there is", async () => {
    await vendor.change({ api: sites("north") });
    const { flow } = await browser.connect(asked);
    expect(flow.connection.params).toEqual({ site: "north" });
  });

  it("makes one connection of two choices at once", async () => {
    const { id } = await browser.connect(asked);
    const answers = await Promise.all([choose(id, "north"), choose(id, "south")]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await connectionsOf()).toHaveLength(1);
  });

  it.each([
    ["none", []],
    ["none the hub could use in an address", ["north.evil.example"]],
  ])("says so where there is %s, and gives the tokens back", async (_, ids) => {
    await vendor.change({ api: sites(...ids) });
    const { flow } = await browser.connect(asked);
    expect([flow.status, flow.error.code]).toEqual(["failed", "discovery_failed"]);
    expect(await revoked()).toBe(1);
  });

  it("gives the tokens back of a sign-in that was cancelled before the choice", async () => {
    const { id } = await browser.connect(asked);
    const path = `/api/v1/connect-flows/${id}`;
    expect((await browser.ask(path, { method: "DELETE" })).status).toBe(204);
    expect(await revoked()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ status: "failed", sealed: "" });
    expect((await choose(id, "north")).status).toBe(409);
  });

  it("gives them back where nobody chose in time, and forgets the sign-in an hour later", async () => {
    const { id } = await browser.connect(asked);
    const now = Date.now();
    await clearFlows(vendor.env, now);
    expect((await browser.flow(id)).status).toBe("choosing");
    await clearFlows(vendor.env, now + 11 * 60_000);
    expect(await revoked()).toBe(1);
    expect((await browser.flow(id)).error.code).toBe("expired");
    await clearFlows(vendor.env, now + 90 * 60_000);
    expect(await rowOf(id)).toBeNull();
  });
});

describe("a vendor that shows a code", () => {
  const asked = { connector, method: "device", name: "Screen" };
  const due = (id: string) => set(id, "device = json_set(device, '$.nextPollAt', 0)");
  const polls = async () => (await vendor.log()).filter(({ place }) => place === "token").length;

  it("is asked once per its interval until the person has entered it", async () => {
    const { body } = await browser.begin(asked);
    expect(body).toMatchObject({
      status: "waiting",
      authorizeUrl: null,
      device: { verificationUri: "https://vendor.example.com/activate", intervalSeconds: 1 },
    });
    await browser.flow(body.id);
    expect(await polls()).toBe(0);
    await due(body.id);
    const [one, two] = await Promise.all([browser.flow(body.id), browser.flow(body.id)]);
    expect([one.status, two.status]).toEqual(["waiting", "waiting"]);
    expect(await polls()).toBe(1);
    await vendor.decideDevice(body.device.userCode, "grant");
    await due(body.id);
    const flow = await browser.flow(body.id);
    expect(flow).toMatchObject({ status: "done", device: null });
    expect(flow.connection).toMatchObject({ name: "Screen", auth: { method: "device" } });
    expect(JSON.stringify(flow)).not.toContain("dev_");
  });

  it("says that it was denied", async () => {
    const { body } = await browser.begin(asked);
    await vendor.decideDevice(body.device.userCode, "denied");
    await due(body.id);
    const flow = await browser.flow(body.id);
    expect([flow.status, flow.error.code]).toEqual(["failed", "denied"]);
    expect(await connectionsOf()).toEqual([]);
  });

  it("is not asked for somebody else", async () => {
    const { body } = await browser.begin(asked);
    await due(body.id);
    const other = await team.join("owner");
    expect((await other.ask(`/api/v1/connect-flows/${body.id}`)).status).toBe(404);
    expect(await polls()).toBe(0);
  });

  it("that does not answer begins nothing", async () => {
    await vendor.change({ misbehave: { device: { how: "html" } } });
    const answer = await browser.begin(asked);
    expect(answer.status).toBe(502);
    const { results } = await env.DB.prepare("SELECT id FROM connect_flows WHERE team_id = ?")
      .bind(team.id)
      .all();
    expect(results).toEqual([]);
  });

  it("goes on where a request is lost", async () => {
    const { body } = await browser.begin(asked);
    await vendor.change({ misbehave: { token: { how: "500", times: 1 } } });
    await due(body.id);
    expect((await browser.flow(body.id)).status).toBe("waiting");
  });
});

describe("a sign-in is not begun", () => {
  const good = { connector, method: "oauth", name: "Desk" };
  it.each<[string, Record<string, unknown>, number, string | undefined]>([
    ["for an unknown connector", { connector: "nowhere" }, 400, "body.connector"],
    ["by an unknown way", { method: "magic" }, 400, "body.method"],
    ["by a form", { method: "key" }, 400, "body.method"],
    ["without a name", { name: undefined }, 400, "body.name"],
    [
      "with an address the connector has not",
      { config: { url: "https://x.example" } },
      400,
      "body.config",
    ],
    ["with a parameter nobody asks for", { params: { shop: "x" } }, 400, "body.params.shop"],
    ["with a field nobody asks for", { fields: { key: "x" } }, 400, "body.fields.key"],
    ["for nobody's own", { owner: "nobody" }, 400, "body.owner"],
    ["with a scope of nothing", { scopes: [""] }, 400, "body.scopes.0"],
  ])("%s", async (_, change, status, field) => {
    const answer = await browser.begin({ ...good, ...change });
    expect([answer.status, answer.body.error.details?.field], answer.text).toEqual([status, field]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("by a form, which says where to send it", async () => {
    const { body } = await browser.begin({ ...good, method: "key" });
    expect(body.error.message).toContain("POST /api/v1/connections");
  });

  it("with a name that is taken", async () => {
    await browser.connect(good);
    expect((await browser.begin(good)).body.error.code).toBe("conflict");
  });

  it("without an OAuth app, which says where to store one", async () => {
    const bare = browserOf(await createTeam(), { vendor });
    const { status, body } = await bare.begin(good);
    expect([status, body.error.details.reason]).toEqual([400, "no_app"]);
    expect(body.error.message).toContain(`PUT /api/v1/oauth-apps/${connector}`);
  });

  it("more than thirty times a minute by one person", async () => {
    const answers = await Promise.all(
      Array.from({ length: 31 }, (_, i) => browser.begin({ ...good, name: `Desk ${i}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get("retry-after")).toBe("60");
    const other = browserOf(await team.join("owner"), { vendor });
    expect((await other.begin(good)).status).toBe(201);
  });

  it("where the team has two hundred under way", async () => {
    const { body } = await browser.begin(good);
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
       INSERT INTO connect_flows SELECT 'flo_' || hex(randomblob(13)), team_id, actor, hex(randomblob(16)), browser_hash,
         status, draft, '', NULL, NULL, NULL, NULL, NULL, created_at, expires_at
       FROM connect_flows JOIN n WHERE id = ?`,
    )
      .bind(body.id)
      .run();
    expect((await browser.begin({ ...good, name: "Other" })).body.error.code).toBe("rate_limited");
    await env.DB.prepare("UPDATE connect_flows SET expires_at = 1 WHERE team_id = ? AND id <> ?")
      .bind(team.id, body.id)
      .run();
    expect((await browser.begin({ ...good, name: "Other" })).status).toBe(201);
  });
});

it("asks for what was named and what the connector needs, and sends nothing secret away", async () => {
  const { body } = await browser.begin({
    connector,
    method: "oauth",
    name: "Desk",
    scopes: ["admin"],
  });
  const url = new URL(body.authorizeUrl);
  expect(url.searchParams.get("scope")).toBe("read admin");
  expect(url.searchParams.get("redirect_uri")).toBe("http://127.0.0.1/oauth/callback");
  expect(url.searchParams.get("code_challenge_method")).toBe("S256");
  expect(url.searchParams.get("state")).toMatch(/^[\w-]{43}$/);
  expect(url.href).not.toContain("hub-secret");
  // Of the state the registry has its hash alone.
  const row = JSON.stringify(await rowOf(body.id));
  expect(row).not.toContain(url.searchParams.get("state"));
  expect(row).not.toContain(browser.jar.get("__Host-plugboard-connect"));
});
