import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { offerConnector } from "../../testing/offer-connector";
import { createTeam, type TestTeam } from "../../testing/team";
import {
  browserOf,
  storeApp,
  vendorConnector,
  type TestBrowser,
} from "../../testing/vendor-browser";

const connector = "flows-reconnect";
offerConnector(vendorConnector(connector));

let team: TestTeam;
let vendor: AtVendor;
let browser: TestBrowser;
let connection: Record<string, any>;
beforeEach(async () => {
  team = await createTeam();
  vendor = await atVendor();
  browser = browserOf(team, { vendor });
  await storeApp(team, connector);
  const made = await browser.connect({ connector, method: "oauth", name: "Desk" });
  connection = made.flow.connection;
});

const again = (more: Record<string, unknown> = {}) => ({
  connector,
  connectionId: connection["id"],
  ...more,
});
const read = async () => (await team.ask(`/api/v1/connections/${connection["id"]}`)).body;
const place = () =>
  env.DB.prepare(
    "SELECT credential_id AS id, credential_version AS v FROM connections WHERE id = ?",
  )
    .bind(connection["id"])
    .first<{ id: string; v: number }>();

it("puts a new credential in the place of the old, and everything else stays", async () => {
  const { id } = connection as { id: string };
  await team.ask(`/api/v1/connections/${id}/access`, {
    method: "PUT",
    body: { restricted: true, roles: ["viewer"], people: [], needsSecondFactor: false },
  });
  const before = await place();
  const { flow } = await browser.connect(again());
  expect(flow).toMatchObject({ status: "done", connectionId: id });
  const now = await read();
  for (const kept of ["id", "slug", "name", "createdAt", "createdBy", "owner", "connector"])
    expect(now[kept], kept).toEqual(connection[kept]);
  expect(now.restricted).toBe(true);
  expect(now.auth.scopes).toEqual(["read", "write"]);
  expect(await place()).not.toEqual(before);
  const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  // The app's and the connection's: the old one is gone.
  expect(keys).toHaveLength(2);
  expect((await team.ask("/api/v1/audit")).text).toContain("connection.reconnect");
  const { results } = await env.DB.prepare("SELECT id FROM connections WHERE team_id = ?")
    .bind(team.id)
    .all();
  expect(results).toEqual([{ id }]);
});

it("does not take another account", async () => {
  const before = await place();
  await vendor.change({
    api: { routes: [{ at: "/api/me", answer: { email: "eve@example.org" } }] },
  });
  const { flow } = await browser.connect(again());
  expect([flow.status, flow.error.code]).toEqual(["failed", "wrong_account"]);
  expect(JSON.stringify(flow)).not.toContain("eve@");
  expect(await place()).toEqual(before);
  expect((await read()).auth.account).toBe("ada@example.org");
});

it("takes any account where the old one never said whose it was", async () => {
  await env.DB.prepare("UPDATE connections SET account = NULL WHERE id = ?")
    .bind(connection["id"])
    .run();
  const { flow } = await browser.connect(again());
  expect(flow.connection.auth.account).toBe("ada@example.org");
});

it("leaves a disabled connection disabled", async () => {
  await env.DB.prepare("UPDATE connections SET status = 'disabled' WHERE id = ?")
    .bind(connection["id"])
    .run();
  const { flow } = await browser.connect(again());
  expect(flow.status).toBe("done");
  expect((await read()).status).toBe("disabled");
});

it("brings one back that has to be signed in to again", async () => {
  await env.DB.prepare("UPDATE connections SET status = 'needs_reauth' WHERE id = ?")
    .bind(connection["id"])
    .run();
  const { flow } = await browser.connect(again());
  expect(flow.connection).toMatchObject({ status: "connected", lastError: null, errorCount: 0 });
});

it("leaves what was where the sign-in comes to nothing", async () => {
  const before = await place();
  for (const misbehave of [
    { token: { how: "html", times: 1 } },
    { api: { how: "401", times: 1 } },
  ] as const) {
    await vendor.change({ misbehave });
    const { flow } = await browser.connect(again());
    expect(flow.status).toBe("failed");
    expect(await place()).toEqual(before);
  }
  expect((await read()).status).toBe("connected");
  // Many vendors end all that the app has from an account with any of its tokens.
  expect((await vendor.log()).filter(({ place: at }) => at === "revoke")).toEqual([]);
});

it("comes to nothing where the connection was deleted meanwhile", async () => {
  const begun = await browser.begin(again());
  const back = await browser.consent(begun.body.authorizeUrl);
  await team.ask(`/api/v1/connections/${connection["id"]}`, { method: "DELETE" });
  await browser.comeBack(back);
  expect((await browser.flow(begun.body.id)).error.code).toBe("connection_gone");
  const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  expect(keys).toHaveLength(1);
});

it.each<[string, () => Promise<TestTeam>, number]>([
  ["another team", () => createTeam(), 404],
  ["a member, of the team's", () => team.join("member"), 403],
])("is nothing for %s", async (_, who, status) => {
  const theirs = browserOf(await who(), { vendor });
  expect((await theirs.begin(again())).status).toBe(status);
});

it("of somebody's own is theirs alone", async () => {
  const member = await team.join("member");
  const theirs = browserOf(member, { vendor });
  const { flow: own } = await theirs.connect({
    connector,
    method: "oauth",
    name: "Mine",
    owner: "person",
  });
  const body = { connector, connectionId: own.connectionId };
  expect((await browser.begin(body)).status).toBe(404);
  expect((await theirs.connect(body)).flow.status).toBe("done");
});

it("is refused for a connector that it is not", async () => {
  const answer = await browser.begin({ connector: "mcp", connectionId: connection["id"] });
  expect([answer.status, answer.body.error.details.field]).toEqual([400, "body.connector"]);
});
