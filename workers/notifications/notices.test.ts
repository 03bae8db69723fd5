import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveMessage } from "../../shared/contracts/live";
import { newId } from "../../shared/ids";
import { emailOf, makeRole } from "../testing/people";
import { createTeam, type TestTeam } from "../testing/team";
import { mailsTo } from "../testing/visitor";
import { clearOldNotices, mailNotices, notify, settle, type Matter } from ".";
import { notices } from "./tables";

const minute = 60_000;
const day = 24 * 60 * minute;
let team: TestTeam;
let subjectId: string;
beforeEach(async () => {
  team = await createTeam();
  subjectId = newId("con");
});

const author = (now = Date.now()) => ({
  env,
  db: drizzle(env.DB),
  teamId: team.id,
  now,
  requestId: newId("req"),
});
const matter = (more: Partial<Matter> = {}): Matter => ({
  kind: "connection.needs_reauth",
  subjectId,
  matter: `needs_reauth/${subjectId}`,
  title: "Tickets has to be signed in again",
  text: "Sign in again.",
  path: `/connections/${subjectId}`,
  audience: { maker: null },
  ...more,
});
const of = async (who: TestTeam, query = "") =>
  (await who.ask(`/api/v1/notices${query}`)).body.items;

describe("what people should hear of", () => {
  it("reaches whoever made it, owners and admins, and nobody else", async () => {
    const [maker, admin, other] = [
      await team.join("member"),
      await team.join("admin"),
      await team.join("operator"),
    ];
    await notify(author(), matter({ audience: { maker: maker.personId } }));
    for (const who of [team, maker, admin])
      expect(await of(who)).toMatchObject([{ subjectId, settled: false, read: false }]);
    expect(await of(other)).toEqual([]);
  });

  it("of something personal reaches its owner alone, and nobody who has left", async () => {
    const owner = await team.join("member");
    await notify(author(), matter({ audience: { owner: owner.personId } }));
    expect(await of(owner)).toHaveLength(1);
    expect(await of(team)).toEqual([]);
    await notify(author(), matter({ matter: "other", audience: { owner: newId("per") } }));
    expect(await of(team)).toEqual([]);
  });

  it("is said once, mailed once, and is over once it is mended", async () => {
    for (let time = 0; time < 3; time++) await notify(author(), matter());
    expect(await of(team)).toHaveLength(1);
    expect(await mailsTo(emailOf(team))).toMatchObject([
      {
        subject: "Tickets has to be signed in again",
        text: expect.stringContaining("Sign in again."),
      },
    ]);
    await settle(author(), { subjectId });
    expect(await of(team)).toMatchObject([{ settled: true }]);
    expect(await of(team, "?open=true")).toEqual([]);
  });

  it("that comes back is shown again, and mailed again only after an hour", async () => {
    await notify(author(), matter());
    await settle(author(), { subjectId });
    await notify(author(Date.now() + 50 * minute), matter());
    expect(await of(team)).toMatchObject([{ settled: false, read: false }]);
    expect(await mailsTo(emailOf(team))).toHaveLength(1);
    await settle(author(), { subjectId });
    await notify(author(Date.now() + 90 * minute), matter());
    expect(await mailsTo(emailOf(team))).toHaveLength(2);
  });

  it.each([4, 91])(
    "that comes back after %i days is like one that is new: mailed, first in the list, and not yet old",
    async (days) => {
      const [first, other, now] = [days, 1, 0].map((ago) => Date.now() - ago * day);
      await notify(author(first), matter());
      const [before] = await of(team);
      await settle(author(first), { subjectId });
      await notify(author(other), matter({ subjectId: "other", matter: "other" }));
      await notify(author(now), matter());
      expect(await of(team)).toMatchObject([
        { subjectId, settled: false, read: false, createdAt: now },
        { subjectId: "other" },
      ]);
      expect(await mailsTo(emailOf(team))).toHaveLength(3);
      // A page that shows the old one has not shown this one.
      await team.ask("/api/v1/notices/read", { body: { ids: [before.id] } });
      await clearOldNotices(env, Date.now());
      expect(await of(team, "?open=true")).toMatchObject([{ subjectId }, { subjectId: "other" }]);
    },
  );

  it("is settled by kind, so that what still stands stays", async () => {
    await notify(author(), matter());
    await notify(author(), matter({ kind: "connection.rotation_due", matter: "due" }));
    await settle(author(), { subjectId, kinds: ["connection.needs_reauth"] });
    const items: { kind: string; settled: boolean }[] = await of(team);
    expect(Object.fromEntries(items.map(({ kind, settled }) => [kind, settled]))).toEqual({
      "connection.needs_reauth": true,
      "connection.rotation_due": false,
    });
  });
});

describe("mail", () => {
  it("that fails is sent by the next round, and what only tells is never mailed", async () => {
    const down = { ...env, PLUGBOARD_RESEND_KEY: "re_test" } as Env;
    const fetching = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => new Response("", { status: 500 }));
    await notify(author(), matter({ kind: "connection.rotated", matter: "rotated" }));
    await notify({ ...author(), env: down }, matter());
    expect(fetching).toHaveBeenCalled();
    fetching.mockRestore();
    expect(await of(team)).toHaveLength(2);
    expect(await mailsTo(emailOf(team))).toEqual([]);
    await mailNotices(env, Date.now());
    await mailNotices(env, Date.now());
    expect(await mailsTo(emailOf(team))).toHaveLength(1);
  });

  it("goes to no address that nobody confirmed, and is given up after three days", async () => {
    await env.DB.prepare("UPDATE people SET email_verified = 0 WHERE id = ?")
      .bind(team.personId)
      .run();
    await notify(author(), matter());
    await notify(author(Date.now() - 4 * day), matter({ matter: "old" }));
    await env.DB.prepare("UPDATE people SET email_verified = 1 WHERE id = ?")
      .bind(team.personId)
      .run();
    await mailNotices(env, Date.now());
    expect(await mailsTo(emailOf(team))).toEqual([]);
  });

  it("names the page where the hub knows its own address", async () => {
    await notify({ ...author(), env: { ...env, PLUGBOARD_HOSTS: "hub.example.com" } }, matter());
    const [mail] = await mailsTo(emailOf(team));
    expect(mail?.text).toContain(`https://hub.example.com/connections/${subjectId}`);
  });
});

describe("an inbox", () => {
  it("is paged newest first and marked as read, in part or whole", async () => {
    for (const n of [1, 2, 3]) await notify(author(Date.now() + n), matter({ matter: `m${n}` }));
    const first = (await team.ask("/api/v1/notices?limit=2")).body;
    expect(first.items).toHaveLength(2);
    const second = (await team.ask(`/api/v1/notices?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      (await of(team)).map(({ id }: { id: string }) => id),
    );
    const [newest] = first.items;
    expect((await team.ask("/api/v1/notices/read", { body: { ids: [newest.id] } })).status).toBe(
      204,
    );
    expect(await of(team, "?open=true")).toHaveLength(2);
    await team.ask("/api/v1/notices/read", { body: {} });
    expect(await of(team, "?open=true")).toEqual([]);
  });

  it("is its person's own: nobody reads it or marks it as read for them", async () => {
    const admin = await team.join("admin");
    await notify(author(), matter({ audience: { owner: team.personId } }));
    const [notice] = await of(team);
    expect(await of(admin)).toEqual([]);
    await admin.ask("/api/v1/notices/read", { body: { ids: [notice.id] } });
    await admin.ask("/api/v1/notices/read", { body: {} });
    expect(await of(team)).toMatchObject([{ read: false }]);
  });

  it("is there for everybody of the team, whatever they may do in it", async () => {
    const role = await makeRole(team, []);
    const who = await team.join("viewer");
    await env.DB.prepare("UPDATE members SET role = ? WHERE person_id = ?")
      .bind(role, who.personId)
      .run();
    expect((await who.ask("/api/v1/notices")).status).toBe(200);
  });

  it("goes with its person, and in the end by age", async () => {
    const left = await team.join("admin");
    await notify(author(), matter());
    await team.ask(`/api/v1/members/${left.personId}`, { method: "DELETE" });
    const rows = () => drizzle(env.DB).select().from(notices).where(eq(notices.teamId, team.id));
    expect(await rows()).toMatchObject([{ personId: team.personId }]);
    await notify(author(Date.now() - 91 * day), matter({ matter: "old" }));
    await clearOldNotices(env, Date.now());
    expect(await rows()).toHaveLength(1);
  });

  it("tells its person's open pages that there is something new, and no other's", async () => {
    const member = await team.join("member");
    const heard = async (who: TestTeam) => {
      const messages: LiveMessage[] = [];
      const answer = await env.TEAM_LEDGER.getByName(team.id).fetch("https://ledger/live", {
        headers: {
          upgrade: "websocket",
          "x-viewer": JSON.stringify({
            epoch: 9,
            ids: [who.personId],
            hidden: [],
            expiresAt: null,
          }),
        },
      });
      answer.webSocket?.accept();
      answer.webSocket?.addEventListener("message", ({ data }) => {
        messages.push(JSON.parse(String(data)) as LiveMessage);
      });
      return messages;
    };
    const [mine, theirs] = [await heard(team), await heard(member)];
    await notify(author(), matter());
    await expect.poll(() => mine).toContainEqual({ type: "notices" });
    await settle(author(), { subjectId });
    await expect.poll(() => mine.filter(({ type }) => type === "notices")).toHaveLength(2);
    expect(theirs).toMatchObject([{ type: "hello" }]);
  });
});
