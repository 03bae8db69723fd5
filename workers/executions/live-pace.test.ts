import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { listenLive, recordCalls, seqsOf, span, watchLive } from "../testing/live";
import { createTeam, type TestTeam } from "../testing/team";

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});
const ack = (viewer: Awaited<ReturnType<typeof watchLive>>) =>
  viewer.socket.send(JSON.stringify({ ack: seqsOf(viewer.heard).at(-1) ?? 0 }));
const quiet = () => scheduler.wait(100);

describe("a viewer that acknowledges", () => {
  it("gets so much ahead, then what it missed as it goes on, without gap or duplicate", async () => {
    const viewer = await watchLive(team, "?acks=true");
    await recordCalls(team, 300);
    await viewer.hears(201);
    await quiet();
    const first = seqsOf(viewer.heard).length;
    expect(first).toBeGreaterThanOrEqual(150);
    expect(first).toBeLessThanOrEqual(250);
    await recordCalls(team, 5);
    while (seqsOf(viewer.heard).length < 610) {
      const before = viewer.heard.length;
      ack(viewer);
      await viewer.hears(before + 1);
    }
    expect(seqsOf(viewer.heard)).toEqual(span(1, 610));
    // It is told what happens again, at once.
    ack(viewer);
    await recordCalls(team, 1);
    await expect.poll(() => seqsOf(viewer.heard)).toEqual(span(1, 612));
  });

  it("goes on where it was after the object was evicted", async () => {
    const viewer = await watchLive(team, "?acks=true");
    const other = await watchLive(team);
    await recordCalls(team, 200);
    await other.hears(401);
    const before = seqsOf(viewer.heard).length;
    expect(before).toBeLessThan(400);
    await evictDurableObject(env.TEAM_LEDGER.getByName(team.id), { webSockets: "hibernate" });
    ack(viewer);
    for (const seen of [viewer, other])
      await expect
        .poll(() => (ack(viewer), seqsOf(seen.heard)), { interval: 50 })
        .toEqual(span(1, 400));
    await recordCalls(team, 1);
    for (const seen of [viewer, other])
      await expect.poll(() => seqsOf(seen.heard)).toEqual(span(1, 402));
  });

  it("is told to load anew what is not replayed and passed it by", async () => {
    const viewer = await watchLive(team, "?acks=true");
    await recordCalls(team, 120);
    await viewer.hears(201);
    const message = { type: "connection", connectionId: "con_1" } as const;
    await env.TEAM_LEDGER.getByName(team.id).tellEverybody(message);
    await quiet();
    expect(viewer.heard.map(({ type }) => type)).not.toContain("connection");
    await expect
      .poll(() => (ack(viewer), viewer.heard.at(-1)), { interval: 50 })
      .toEqual({ type: "reset", seq: 240 });
    expect(seqsOf(viewer.heard)).toEqual(span(1, 240));
    await env.TEAM_LEDGER.getByName(team.id).tellEverybody(message);
    await expect.poll(() => viewer.heard.at(-1)).toEqual(message);
  });

  it("is closed for saying what nobody understands", async () => {
    for (const text of ["hello", "{}", '{"ack":"x"}', '{"ack":-1}', "null", '{"ack":'.repeat(9)]) {
      const viewer = await watchLive(team);
      viewer.socket.send(text);
      await expect.poll(() => viewer.closed).toMatchObject([{ code: 4400 }]);
    }
  });
});

describe("a viewer that never acknowledges", () => {
  it("is sent away after thousands of messages, and misses nothing when it comes back", async () => {
    const viewer = await watchLive(team);
    for (let round = 0; round < 3; round++) await recordCalls(team, 1000);
    await expect.poll(() => viewer.closed).toMatchObject([{ code: 4429 }]);
    const last = seqsOf(viewer.heard).at(-1) ?? 0;
    expect(last).toBeGreaterThanOrEqual(4950);
    expect(last).toBeLessThan(5100);
    expect(viewer.closed[0]?.reason).toContain(`since=${last}`);
    const back = await watchLive(team, `?since=${last}`);
    await expect.poll(() => seqsOf(back.heard)).toEqual(span(last + 1, 6000));
    expect(seqsOf(viewer.heard)).toEqual(span(1, last));
  });
});

describe("many viewers", () => {
  it("hear in fewer frames, and of nothing twice or not at all when the object is evicted", async () => {
    const viewers = [];
    for (let n = 0; n < 60; n++) viewers.push(await watchLive(team, "?batch=true"));
    for (let round = 0; round < 5; round++) await recordCalls(team, 1);
    await evictDurableObject(env.TEAM_LEDGER.getByName(team.id), { webSockets: "hibernate" });
    for (let round = 0; round < 5; round++) await recordCalls(team, 1);
    for (const { heard, frames } of viewers) {
      await expect.poll(() => seqsOf(heard).length).toBeGreaterThanOrEqual(20);
      expect(seqsOf(heard)).toEqual(span(1, 20));
      expect(frames.length).toBeLessThan(10);
    }
  });
});

describe("a reader of server-sent events who does not read", () => {
  it("holds up nobody, takes little memory, and gets everything in the end", async () => {
    const [slow, quick] = [await listenLive(team), await watchLive(team, "?acks=true&batch=true")];
    await slow.read(1);
    for (let round = 0; round < 10; round++) {
      await recordCalls(team, 100);
      await expect
        .poll(() => (ack(quick), seqsOf(quick.heard).length), { interval: 10 })
        .toBe(200 * (round + 1));
    }
    // What waits for the slow one is what the ledger has not had acknowledged.
    const { sent } = await runInDurableObject(env.TEAM_LEDGER.getByName(team.id), (_, state) => {
      const attached = state
        .getWebSockets()
        .map((socket) => socket.deserializeAttachment() as { form: string; from: number });
      return { sent: attached.find(({ form }) => form === "events")?.from ?? Infinity };
    });
    expect(sent).toBeLessThan(600);
    await slow.read(2001);
    expect(seqsOf(slow.heard().map(({ data }) => data))).toEqual(span(1, 2000));
    await slow.stop();
  });
});
