import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";

const files = readdirSync("migrations")
  .filter((file) => file.endsWith(".sql"))
  .sort();

function apply(database: DatabaseSync, file: string): void {
  database.exec(readFileSync(join("migrations", file), "utf8"));
}

it("what an older hub has written is still there after every migration", () => {
  const database = new DatabaseSync(":memory:");
  for (const file of files.slice(0, 2)) apply(database, file);
  database.exec(`
    INSERT INTO teams VALUES ('team_1', 'One', 1);
    INSERT INTO people VALUES ('per_1', 'Owner', 1), ('per_2', 'Other', 2);
    INSERT INTO members VALUES ('team_1', 'per_1', 'owner', 1);
    INSERT INTO api_keys VALUES ('key_1', 'team_1', 'per_1', 'Key', 'pb_abc', 'hash', 1, NULL);
    INSERT INTO sessions VALUES ('ses_1', 'team_1', 'per_1', 'hash', NULL, 1, 2, NULL);
    INSERT INTO audit_entries VALUES
      ('aud_1', 'team_1', 1, 'system', 'setup', NULL, 'team.create', 'team_1', 'req_1', '{}'),
      ('aud_2', 'team_1', 2, 'apiKey', 'key_1', 'per_1', 'tool.accept', 'tool_1', 'req_2', '{"a":1}'),
      ('aud_3', 'team_2', 3, 'system', 'setup', NULL, 'team.create', 'team_2', 'req_3', '{}');
  `);
  for (const file of files.slice(2)) apply(database, file);
  const all = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  expect(all("SELECT id, email FROM people ORDER BY id")).toEqual([
    { id: "per_1", email: "per_1@no-email.invalid" },
    { id: "per_2", email: "per_2@no-email.invalid" },
  ]);
  expect(all("SELECT id, scopes, expires_at FROM api_keys")).toEqual([
    { id: "key_1", scopes: null, expires_at: null },
  ]);
  expect(all("SELECT id, team_id, seq, details FROM audit_entries ORDER BY id")).toEqual([
    { id: "aud_1", team_id: "team_1", seq: 1, details: "{}" },
    { id: "aud_2", team_id: "team_1", seq: 2, details: '{"a":1}' },
    { id: "aud_3", team_id: "team_2", seq: 1, details: "{}" },
  ]);
  // The chain of each team begins after what was written before there were chains.
  expect(all("SELECT * FROM audit_anchors ORDER BY team_id")).toEqual([
    { team_id: "team_1", seq: 2, hash: "unchained" },
    { team_id: "team_2", seq: 1, hash: "unchained" },
  ]);
});
