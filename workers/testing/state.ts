import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** What changes by being used alone: when a credential was last seen, who came, and who may watch for a minute. */
const notes = [
  "clients",
  "credential_uses",
  "credential_addresses",
  "tickets",
  // What waits to be counted is counted when somebody asks.
  "rollups",
  "to_count",
];
/** Letters anybody may cause. */
const letters = ["outbox_mails", "verifications"];
/** What tells of somebody who looked, as members may, or who guessed at a password. */
const looks = ["session.create.failed", "audit.export", "credential.open", "vault.verify"];

/** Everything any store holds that names one of these ids, as text: two of them are equal where nothing was changed. */
export async function stateOf(teamId: string, ids: readonly string[]): Promise<string[]> {
  const named = (text: string) => ids.some((id) => text.includes(id));
  return [
    ...(await registryRows(teamId)).filter(named),
    ...(await objectRows(env.TEAM_LEDGER.getByName(teamId))),
    ...(await storedKeys()).filter(named),
    `epoch ${await env.TEAM_GATE.getByName(teamId).epoch()}`,
  ];
}

async function registryRows(teamId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*' AND name NOT GLOB 'd1_*' ORDER BY name",
  ).all<{ name: string }>();
  const kept = results.filter(({ name }) => !letters.includes(name) && !notes.includes(name));
  const tables = await env.DB.batch<Record<string, unknown>>(
    kept.map(({ name }) => env.DB.prepare(`SELECT * FROM "${name}" ORDER BY rowid`)),
  );
  return tables.flatMap(({ results: rows }, i) =>
    rows
      .filter(
        ({ team_id: of, action }) => (of ?? teamId) === teamId && !looks.includes(String(action)),
      )
      .map((row) => `${kept[i]?.name} ${JSON.stringify(row)}`),
  );
}

async function objectRows(stub: DurableObjectStub): Promise<string[]> {
  return runInDurableObject(stub, (_, { storage: { sql } }) =>
    sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .toArray()
      .filter(({ name }) => !name.startsWith("_cf") && !notes.includes(name))
      .flatMap(({ name }) =>
        sql
          .exec(`SELECT * FROM "${name}"`)
          .toArray()
          .map((row) => `${name} ${JSON.stringify(row)}`),
      ),
  );
}

async function storedKeys(): Promise<string[]> {
  const found = await Promise.all(
    [env.TOKENS, env.OAUTH_KV].map(async (store) => {
      const lines: string[] = [];
      for (let cursor: string | null = null; ;) {
        const page: KVNamespaceListResult<unknown> = await store.list(
          cursor === null ? {} : { cursor },
        );
        for (const { name } of page.keys) lines.push(`${name} ${await store.get(name)}`);
        if (page.list_complete) return lines;
        cursor = page.cursor;
      }
    }),
  );
  return found.flat();
}
