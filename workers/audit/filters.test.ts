import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditEntry } from "../../shared/contracts/audit";
import { newId } from "../../shared/ids";
import { createTeam, type TestTeam } from "../testing/team";
import { matching } from "./filter";
import { auditEntries } from "./tables";

const hour = 60 * 60_000;
const start = 1_700_000_000_000;
let team: TestTeam;

/** Twelve thousand entries, one a minute, made without their chain: lists do not look at it. */
beforeAll(async () => {
  team = await createTeam();
  const db = drizzle(env.DB);
  for (let from = 0; from < 12_000; from += 600) {
    const rows = Array.from({ length: 600 }, (_, n) => rowOf(from + n + 1));
    await db.batch(
      Array.from({ length: 120 }, (_, n) =>
        db.insert(auditEntries).values(rows.slice(n * 5, n * 5 + 5)),
      ) as [any],
    );
  }
}, 60_000);

function rowOf(seq: number): typeof auditEntries.$inferInsert {
  const at = start + seq * 60_000;
  return {
    id: newId("aud", at),
    teamId: team.id,
    seq,
    at,
    actorKind: "user",
    actorId: "per_1",
    personId: seq === 20 ? "per_rare" : "per_1",
    action: seq % 3 === 0 ? "connection.update" : seq === 100 ? "connectionx.y" : "tool.update",
    subjectId: seq === 30 ? "con_rare" : "con_1",
    requestId: "req_1",
    details: "{}",
    hash: "",
  };
}

async function whole(query: string): Promise<{ seqs: number[]; pages: number }> {
  const seqs: number[] = [];
  for (let cursor = "", pages = 1; ; pages++) {
    const { body } = await team.ask(`/api/v1/audit?limit=200&${query}${cursor}`);
    seqs.push(...body.items.map(({ seq }: AuditEntry) => seq));
    if (body.nextCursor === null) return { seqs, pages };
    cursor = `&cursor=${body.nextCursor}`;
  }
}

describe("the log keeps only", () => {
  it.each([
    ["one person's", "person=per_rare", [20]],
    ["what was done to one thing", "subject=con_rare", [30]],
    ["one action", "action=connectionx.y", [100]],
    ["two filters at once", "subject=con_rare&action=connection.*", [30]],
    ["nothing where the two do not meet", "subject=con_rare&person=per_rare", []],
    ["a time", `since=${start + 7 * 60_000}&until=${start + 9 * 60_000}`, [9, 8, 7]],
    ["nothing of a time to come", `since=${start + 12_001 * 60_000}`, []],
    ["nothing of one long gone", "until=2001-09-09", []],
  ])("%s", async (_, query, expected) => {
    expect((await whole(query)).seqs).toEqual(expected);
  });

  it("a whole kind of action, and no other that begins alike", async () => {
    const { seqs } = await whole("action=connection.*");
    expect(seqs).toEqual(Array.from({ length: 4000 }, (_, n) => 12_000 - n * 3));
  });

  it("what it finds in few pages, each of which looks at a bounded part of the log", async () => {
    const { seqs, pages } = await whole("person=per_rare&action=tool.*");
    expect(seqs).toEqual([20]);
    expect(pages).toBe(2);
  });

  it("a time that is written as a date", async () => {
    const since = new Date(start + 11_998 * 60_000).toISOString();
    expect((await whole(`since=${since}`)).seqs).toEqual([12_000, 11_999, 11_998]);
  });

  it.each([
    ["action=Connection", "query.action"],
    ["action=a'b", "query.action"],
    ["action=*", "query.action"],
    [`action=${"a".repeat(80)}`, "query.action"],
    ["since=x", "query.since"],
    ["since=", "query.since"],
    ["since=1700000000", "query.since"],
    ["until=-1", "query.until"],
    ["until=1180591620717412614144", "query.until"],
  ])("and refuses %s, naming its field", async (query, field) => {
    expect(await team.ask(`/api/v1/audit?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input", details: { field } } },
    });
  });
});

it("an entry that was written late is found by the time of its request", async () => {
  const other = await createTeam();
  await drizzle(env.DB)
    .insert(auditEntries)
    .values(
      [start + hour, start + 5, start + hour + 5].map((at, n) => ({
        ...rowOf(n + 1),
        teamId: other.id,
        at,
      })),
    );
  const seqs = async (query: string) =>
    (await other.ask(`/api/v1/audit?${query}`)).body.items.map(({ seq }: AuditEntry) => seq);
  expect(await seqs(`until=${start + 10}`)).toEqual([2]);
  expect(await seqs(`since=${start + hour}`)).toEqual([3, 1]);
});

it.each([
  [{}, "audit_entries_by_seq"],
  [{ action: "tool.update" }, "audit_entries_by_action"],
  [{ person: "per_1" }, "audit_entries_by_person"],
  [{ subject: "con_1" }, "audit_entries_by_subject"],
])("the list under %j is read from an index, in order", async (filter, index) => {
  const { sql, params } = drizzle(env.DB)
    .select()
    .from(auditEntries)
    .where(matching({ teamId: team.id }, filter))
    .orderBy(auditEntries.seq)
    .limit(50)
    .toSQL();
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  const plan = results.map(({ detail }) => detail).join("; ");
  expect(plan).toContain(index);
  expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
});
