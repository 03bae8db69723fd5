import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { faultyStorage, type Loss } from "../../testing/faulty-storage";
import { offerConnector } from "../../testing/offer-connector";
import { createTeam, type TestTeam } from "../../testing/team";
import {
  browserOf,
  storeApp,
  vendorConnector,
  type TestBrowser,
} from "../../testing/vendor-browser";

const connector = "flows-faults";
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

/** Everything the team has: connections with the version they name, and every sealed record of theirs. */
async function everything() {
  const { results: rows } = await env.DB.prepare(
    "SELECT id, name, status, credential_id AS credential, credential_version AS version FROM connections WHERE team_id = ?",
  )
    .bind(team.id)
    .all<{ id: string; name: string; status: string; credential: string; version: number }>();
  const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/` });
  return { rows, records: keys.map(({ name }) => name.split("/").slice(3).join("/")) };
}

async function comeBackWith(name: string, k: number, loss: Loss, reconnects?: string) {
  const begun = await browser.begin({
    connector,
    method: "oauth",
    ...(reconnects === undefined ? { name } : { connectionId: reconnects }),
  });
  expect(begun.status, begun.text).toBe(201);
  const back = await browser.consent(begun.body.authorizeUrl);
  const storage = faultyStorage(k, loss);
  const landed = await browser.comeBack(back, storage.env);
  return { id: begun.body.id as string, landed, calls: storage.calls };
}

async function callsOf(reconnects?: string): Promise<string[]> {
  const { calls } = await comeBackWith(`Whole ${reconnects ?? ""}`, Infinity, "before", reconnects);
  return calls;
}

const losses = ["before", "after"] as const;

it.each(losses)(
  "connects wholly or not at all, whichever call of the storage fails (%s it is done)",
  async (loss) => {
    const { length } = await callsOf();
    expect(length).toBeGreaterThan(12);
    await removeAll();
    for (let k = 1; k <= length; k++) {
      const { id, landed, calls } = await comeBackWith(`${loss} ${k}`, k, loss);
      const where = `call ${k}, ${calls[k - 1]}: ${landed.text}`;
      const flow = await browser.flow(id);
      for (const told of [landed.text, String(landed.headers.get("location")), flow])
        expect(JSON.stringify(told), where).not.toContain("injected");
      const { rows, records } = await everything();
      if (flow.status !== "done") expect(rows, where).toEqual([]);
      else {
        expect(
          rows.map((row) => row.id),
          where,
        ).toEqual([flow.connectionId]);
        expect(records, where).toContain(`${rows[0]?.credential}/${rows[0]?.version}`);
        await removeAll();
      }
    }
  },
  60_000,
);

it.each(losses)(
  "reconnects wholly or leaves what was, whichever call of the storage fails (%s it is done)",
  async (loss) => {
    await callsOf();
    const [{ id: connection } = { id: "" }] = (await everything()).rows;
    const { length } = await callsOf(connection);
    for (let k = 1; k <= length; k++) {
      const [before] = (await everything()).rows;
      const { id, calls } = await comeBackWith("", k, loss, connection);
      const where = `call ${k}, ${calls[k - 1]}`;
      const flow = await browser.flow(id);
      const { rows, records } = await everything();
      expect(rows.length, where).toBe(1);
      expect(rows[0]?.credential === before?.credential, where).toBe(flow.status !== "done");
      expect(records, where).toContain(`${rows[0]?.credential}/${rows[0]?.version}`);
    }
    await removeAll();
  },
  60_000,
);

async function removeAll(): Promise<void> {
  for (const { id } of (await everything()).rows)
    await browser.ask(`/api/v1/connections/${id}`, { method: "DELETE" });
}
