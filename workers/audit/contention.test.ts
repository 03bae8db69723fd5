import { env } from "cloudflare:workers";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { registryOf } from "../platform/registry";
import { teams } from "../teams/tables";
import { createTeam } from "../testing/team";
import { record, recorded, type Author } from "./record";

async function authorOf(): Promise<{ author: Author; ask: (path: string) => Promise<any> }> {
  const team = await createTeam();
  return {
    ask: async (path) => (await team.ask(path, { body: {} })).body,
    author: {
      env,
      db: registryOf(env),
      teamId: team.id,
      actor: { kind: "user", id: team.personId, personId: team.personId, sessionId: "ses_1" },
      address: "203.0.113.7",
      userAgent: "test",
      requestId: newId("req"),
      now: Date.now(),
    },
  };
}

describe("changes of one team at the same time", () => {
  it("all go through, fifty of them, each with its own number and none lost", async () => {
    const { author, ask } = await authorOf();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        recorded(author, { action: "test.change", subjectId: `n_${n}` }, [
          author.db
            .update(teams)
            .set({ name: sql`${teams.name} || '+'` })
            .where(eq(teams.id, author.teamId)),
        ]),
      ),
    );
    expect(await ask("/api/v1/audit/verify")).toMatchObject({ ok: true, checked: 50, done: true });
    const row = await author.db.select().from(teams).where(eq(teams.id, author.teamId)).get();
    expect(row?.name.match(/\+/g)).toHaveLength(50);
  });

  it("surface a conflict of their own as it is, and leave no entry", async () => {
    const { author, ask } = await authorOf();
    const again = () =>
      recorded(author, { action: "test.change", subjectId: "n" }, [
        author.db.insert(teams).values({ id: author.teamId, name: "Again", createdAt: 1 }),
      ]);
    await Promise.all([
      record(author, { action: "test.change", subjectId: "other" }),
      expect(again()).rejects.toThrow(
        expect.objectContaining({
          cause: expect.objectContaining({
            message: expect.stringContaining("UNIQUE constraint failed: teams.id"),
          }),
        }),
      ),
    ]);
    expect(await ask("/api/v1/audit/verify")).toMatchObject({ ok: true, checked: 1 });
  });
});
