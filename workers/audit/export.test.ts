import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { AuditEntry } from "../../shared/contracts/audit";
import { registryOf } from "../platform/registry";
import { teams } from "../teams/tables";
import { createTeam, type TestTeam } from "../testing/team";
import { csvRow } from "./csv";
import { record } from "./record";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

async function write(count: number, subjectId = "con_1"): Promise<void> {
  for (let n = 0; n < count; n++)
    await record(
      {
        env,
        db: registryOf(env),
        teamId: team.id,
        actor: { kind: "system", id: "test", personId: null },
        address: null,
        userAgent: '=HYPERLINK("https://evil.example")',
        requestId: "req_1",
        now: Date.now(),
      },
      { action: "test.change", subjectId, after: { name: 'a "quoted", name', n } },
    );
}
const download = (query: string) => team.ask(`/api/v1/audit/export${query}`);

describe("an export", () => {
  it("as JSON Lines holds every entry, oldest first, itself last, and the team's id", async () => {
    await write(3);
    const { status, headers, text } = await download("?format=jsonl");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("application/x-ndjson");
    expect(headers.get("content-disposition")).toMatch(
      /^attachment; filename="plugboard-audit-\d{4}-\d\d-\d\d\.jsonl"$/,
    );
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ seq, action }) => `${seq} ${action}`)).toEqual([
      "1 test.change",
      "2 test.change",
      "3 test.change",
      "4 audit.export",
    ]);
    for (const line of lines) {
      expect(line.teamId).toBe(team.id);
      AuditEntry.parse(line);
    }
    expect(lines[3]).toMatchObject({ details: { format: "jsonl" }, actor: { id: team.keyId } });
  });

  it("as CSV has a header, a row each, and no cell that a spreadsheet would run", async () => {
    await write(1, "-2+3");
    const { headers, text } = await download("?format=csv&subject=-2%2B3");
    expect(headers.get("content-type")).toContain("text/csv");
    const [head, row, rest] = text.split("\r\n");
    expect(head?.split(",").slice(0, 4)).toEqual(["seq", "id", "at", "actorKind"]);
    expect(row).toContain(`,'-2+3,`);
    expect(row).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(row).toContain(String.raw`"{""name"":""a \""quoted\"", name"",""n"":0}"`);
    expect(rest).toBe("");
  });

  it("goes on past one page, and leaves nothing out", async () => {
    const db = drizzle(env.DB);
    await write(1);
    await db.run(
      `INSERT INTO audit_entries SELECT 'aud_' || '${team.id}' || value, team_id, value, at, actor_kind, actor_id, person_id,
       action, subject_id, request_id, address, user_agent, details, before, after, hash
       FROM audit_entries, (WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < 1200) SELECT value FROM n)
       WHERE team_id = '${team.id}'`,
    );
    const lines = (await download("")).text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(
      Array.from({ length: 1201 }, (_, n) => n + 1),
    );
  });

  it("is for whoever may read the log, and of their own team", async () => {
    await write(1);
    expect((await (await team.join("member")).ask("/api/v1/audit/export")).status).toBe(403);
    const other = await createTeam();
    expect((await other.ask("/api/v1/audit/export")).text).not.toContain(team.id);
  });

  it("asks for a second factor where the team says so, and is recorded only where it happened", async () => {
    await drizzle(env.DB)
      .update(teams)
      .set({ sensitiveNeedsSecondFactor: true })
      .where(eq(teams.id, team.id));
    expect((await download("")).body.error.code).toBe("second_factor_required");
    expect((await team.ask("/api/v1/audit")).body.items).toEqual([]);
  });
});

it.each([
  [["a", 1, null], "a,1,"],
  [["a,b", 'c"d', "e\nf"], '"a,b","c""d","e\nf"'],
  [["=1", "+1", "-1", "@x"], "'=1,'+1,'-1,'@x"],
  [["\t=1", "\r=1"], `'\t=1,"'\r=1"`],
  [[-1], "-1"],
])("a row of %j is %j", (cells, row) => {
  expect(csvRow(cells)).toBe(`${row}\r\n`);
});
