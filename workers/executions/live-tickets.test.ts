import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { listenLive, openLive, recordCalls, seqsOf, watchLive } from "../testing/live";
import { askHub, createTeam, signIn, type TestTeam } from "../testing/team";

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam();
});

async function ticketOf(who: TestTeam, body: object = {}): Promise<string> {
  const answer = await who.ask("/api/v1/live/tickets", { body });
  expect(answer.status).toBe(201);
  expect(answer.body.expiresAt - Date.now()).toBeLessThanOrEqual(60_000);
  return answer.body.ticket;
}
/** How the stream answers a ticket and nothing else. */
async function statusWith(ticket: string, headers: Record<string, string> = {}): Promise<number> {
  const { status, body, webSocket } = await openLive(`?ticket=${ticket}`, {
    accept: "text/event-stream",
    ...headers,
  });
  await body?.cancel();
  webSocket?.accept();
  webSocket?.close();
  return status;
}

describe("a ticket for the live stream", () => {
  it("opens a WebSocket, or server-sent events, without any other credential", async () => {
    const socket = await watchLive(team, `?ticket=${await ticketOf(team)}`, {});
    const events = await listenLive(team, `?since=0&ticket=${await ticketOf(team)}`, {});
    await recordCalls(team, 1);
    await socket.hears(3);
    await events.read(3);
    expect(seqsOf(events.heard().map(({ data }) => data)).slice(-2)).toEqual(seqsOf(socket.heard));
    socket.socket.close();
    await events.stop();
  });

  it("is refused to whoever holds a fifth of all that may wait, and to nobody else", async () => {
    const crowded = await createTeam();
    const member = await crowded.join("member");
    await ticketOf(member);
    await runInDurableObject(env.TEAM_LEDGER.getByName(crowded.id), (_, { storage }) => {
      storage.sql
        .exec(`WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 999)
        INSERT INTO tickets SELECT hash || n, until, holder FROM more JOIN tickets`);
    });
    const refused = await member.ask("/api/v1/live/tickets", { body: {} });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    expect(refused.body.error.message).toContain("Use those you have");
    await ticketOf(crowded);
  });

  it("is good once, and for whoever comes first", async () => {
    const ticket = await ticketOf(team);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => statusWith(ticket)));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401, 401]);
    expect(await statusWith(ticket)).toBe(401);
  });

  it("is good for a minute", async () => {
    const ticket = await ticketOf(team);
    const soon = Date.now() + 60_001;
    const clock = vi.spyOn(Date, "now").mockReturnValue(soon);
    try {
      expect(await statusWith(ticket)).toBe(401);
    } finally {
      clock.mockRestore();
    }
  });

  it("is good nowhere else, and no other credential is good as one", async () => {
    const ticket = await ticketOf(team);
    for (const path of ["/api/v1/me", "/api/v1/executions", "/api/v1/live/tickets"]) {
      const answer = await team.ask(`${path}?ticket=${ticket}`, { headers: { authorization: "" } });
      expect(answer.status, path).toBe(401);
    }
    const authorization = `Bearer ${ticket}`;
    expect((await team.ask("/api/v1/me", { headers: { authorization } })).status).toBe(401);
    expect(await statusWith(team.apiKey)).toBe(401);
    expect(await statusWith(ticket)).toBe(200);
  });

  it("does not count once a character of it is another", async () => {
    const ticket = await ticketOf(team);
    const other = (character: string) => (character === "a" ? "b" : "a");
    for (let at = 0; at < ticket.length; at += 3) {
      const altered = ticket.slice(0, at) + other(ticket.charAt(at)) + ticket.slice(at + 1);
      expect(await statusWith(altered), `at ${at}`).toBe(401);
    }
    const foreign = await createTeam();
    for (const wrong of ["", "tkt_", ticket.replace(team.id, foreign.id), `${ticket}a`])
      expect(await statusWith(encodeURIComponent(wrong)), wrong).toBe(401);
    expect(await statusWith(ticket)).toBe(200);
  });

  it("is dead once the key or session behind it has ended", async () => {
    const member = await team.join("member");
    const byKey = await ticketOf(member);
    await team.ask(`/api/v1/api-keys/${member.keyId}`, { method: "DELETE" });
    expect(await statusWith(byKey)).toBe(401);
    const session = await signIn(await team.join("member"));
    const { body } = await askHub("/api/v1/live/tickets", { body: {}, headers: session });
    await askHub("/api/auth/sign-out", { method: "POST", headers: session });
    expect(await statusWith(body.ticket)).toBe(401);
  });

  it("shows no more than its holder might see when they asked, nor than they may now", async () => {
    const member = await team.join("member");
    const ticket = await ticketOf(member);
    await team.ask(`/api/v1/members/${member.personId}`, { method: "DELETE" });
    expect(await statusWith(ticket)).toBe(401);
    const [own = ""] = await recordCalls(team, 1);
    const narrow = await ticketOf(team, { executionId: own });
    expect(await statusWith(`${narrow}&execution=exe_other`)).toBe(403);
    const events = await listenLive(
      team,
      `?since=0&ticket=${await ticketOf(team, { executionId: own })}`,
      {},
    );
    await events.read(3);
    await recordCalls(team, 1);
    for (const { data } of events.heard().slice(1))
      expect(data).toMatchObject({ event: { executionId: own } });
    await events.stop();
  });

  it("is closed with the access it stands on", async () => {
    const member = await team.join("member");
    const viewer = await watchLive(member, `?ticket=${await ticketOf(member)}`, {});
    await team.ask(`/api/v1/api-keys/${member.keyId}`, { method: "DELETE" });
    await expect.poll(() => viewer.closed).toMatchObject([{ code: 4401 }]);
  });

  it("works from a page of another site that CORS settings name, and from no other", async () => {
    const settings = { PLUGBOARD_CORS_ORIGINS: "https://board.example.com" };
    const from = async (origin: string, headers: Record<string, string>) => {
      const ticket = await ticketOf(team);
      const answer = await openLive(`?ticket=${ticket}`, { origin, ...headers }, settings);
      answer.webSocket?.accept();
      answer.webSocket?.close();
      await answer.body?.cancel();
      return answer;
    };
    const events = { accept: "text/event-stream" };
    const read = await from("https://board.example.com", events);
    expect(read.status).toBe(200);
    expect(read.headers.get("access-control-allow-origin")).toBe("https://board.example.com");
    expect((await from("https://board.example.com", { upgrade: "websocket" })).status).toBe(101);
    const { cookie } = await signIn(team);
    expect((await from("https://board.example.com", { upgrade: "websocket", cookie })).status).toBe(
      101,
    );
    for (const headers of [events, { upgrade: "websocket" }])
      expect((await from("https://evil.example.com", headers)).status).toBe(403);
  });

  it("is refused for what one may not watch; a log never has it", async () => {
    const [foreign = ""] = await recordCalls(await createTeam(), 1);
    for (const body of [{ executionId: foreign }, { jobId: "job_none" }])
      expect((await team.ask("/api/v1/live/tickets", { body })).status).toBe(404);
    for (const body of [{ jobId: "job_1", executionId: "exe_1" }, { job: "job_1" }, { jobId: 1 }])
      expect((await team.ask("/api/v1/live/tickets", { body })).status).toBe(400);
    const said: string[] = [];
    const spies = (["info", "warn", "error", "log"] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((text) => void said.push(String(text))),
    );
    const ticket = await ticketOf(team);
    await statusWith(ticket);
    await statusWith(ticket);
    for (const spy of spies) spy.mockRestore();
    expect(said.join("\n")).toContain("auth.failed");
    expect(said.join("\n")).not.toContain(ticket.slice(-20));
  });
});
