import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newId } from "../../shared/ids";
import type { SeenClient } from "./clients";

const begin = 1_800_000_000_000;
const seen = (change: Partial<SeenClient> = {}): SeenClient => ({
  name: "desk",
  title: null,
  version: "1",
  protocolVersion: "2025-11-25",
  userAgent: null,
  keyId: "key_1",
  grantId: null,
  personId: "per_1",
  at: begin,
  ...change,
});

function newTeam() {
  const id = newId("team");
  const ledger = env.TEAM_LEDGER.getByName(id);
  return {
    ledger,
    see: (change?: Partial<SeenClient>) => ledger.seeClient(id, seen(change)),
    names: async (limit = 200) =>
      (await ledger.listClients({ limit })).items.map(({ name }) => name),
  };
}

it("knows a client by its name and its key, and what it said of itself last", async () => {
  const { ledger, see } = newTeam();
  await see();
  await see({ version: "2", at: begin + 1000 });
  await see({ keyId: "key_2", at: begin + 2000 });
  await see({ keyId: null, at: begin + 3000 });
  await see({ at: begin + 500 });
  await evictDurableObject(ledger);
  const { items } = await ledger.listClients({ limit: 10 });
  expect(items.map(({ keyId }) => keyId)).toEqual([null, "key_2", "key_1"]);
  expect(items.at(-1)).toMatchObject({ firstSeenAt: begin, lastSeenAt: begin + 1000 });
  expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  expect((await ledger.listClients({ limit: 10, keyId: "key_2" })).items).toEqual([items[1]]);
});

it("pages, last seen first, also through those seen at the same moment", async () => {
  const { ledger, see, names } = newTeam();
  for (let n = 0; n < 7; n++) await see({ name: `c${n}`, at: begin + Math.floor(n / 3) });
  const all = await names();
  expect(all[0]).toBe("c6");
  expect(all.slice(4).toSorted()).toEqual(["c0", "c1", "c2"]);
  const found: string[] = [];
  let after: { lastSeenAt: number; id: string } | undefined;
  do {
    const { items, nextCursor } = await ledger.listClients({ limit: 2, after });
    found.push(...items.map(({ name }) => name));
    after = nextCursor === null ? undefined : items.at(-1);
  } while (after);
  expect(found).toEqual(all);
});

it("keeps five hundred: the one unseen longest makes room, not the one that came first", async () => {
  const { see, names, ledger } = newTeam();
  for (let n = 0; n < 500; n++) await see({ name: `c${n}`, at: begin + n });
  await see({ name: "c0", at: begin + 600 });
  await see({ name: "new", at: begin + 700 });
  const kept = [...(await names()), ...(await restOf())];
  expect(kept).toHaveLength(500);
  expect(kept.slice(0, 2)).toEqual(["new", "c0"]);
  expect(kept).not.toContain("c1");

  async function restOf(): Promise<string[]> {
    const rest: string[] = [];
    let after = (await ledger.listClients({ limit: 200 })).items.at(-1);
    while (after) {
      const { items } = await ledger.listClients({ limit: 200, after });
      rest.push(...items.map(({ name }) => name));
      after = items.at(-1);
    }
    return rest;
  }
});

it("refuses what belongs to another team", async () => {
  const { ledger } = newTeam();
  const refused = ledger.seeClient(newId("team"), seen()).then(() => "noted");
  await expect(refused).rejects.toThrow("another team");
});
