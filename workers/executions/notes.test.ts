import { newId } from "../../shared/ids";
import { expect, it } from "vitest";
import type { Settlement } from "../limits";
import type { Context } from "../platform/context";
import { collectNotes } from "./notes";

it("tells progress that comes early and is followed by silence", async () => {
  const told: Settlement[] = [];
  const gate = { settle: async (news: Settlement[]) => void told.push(...news) };
  const ctx = {
    env: { TEAM_GATE: { getByName: () => gate } },
    teamId: newId("team"),
    now: Date.now(),
    waitUntil: () => undefined,
  } as unknown as Context;
  const notes = collectNotes(ctx, "exe_1", "masked");
  notes.hear({ method: "notifications/progress", params: { progressToken: "t", progress: 25 } });
  expect(told).toEqual([]);
  await expect
    .poll(() => told.flatMap((one) => one.notes.map(({ type, data }) => [type, data])))
    .toEqual([["progress", '{"progress":25}']]);
  // What was told is not told again with the end.
  expect(notes.take()).toEqual([]);
});

it("shows nothing of what stands under a secret's name in a long message", () => {
  const ctx = { now: Date.now() } as unknown as Context;
  const notes = collectNotes(ctx, "exe_1", "masked");
  const data = { pin: "4711", credentials: { code: "hunter2" }, pad: "x".repeat(3000) };
  notes.hear({ method: "notifications/message", params: { level: "info", data } });
  const [note] = notes.take();
  expect(JSON.parse(note?.data ?? "")).toEqual({
    truncated: true,
    preview: expect.stringMatching(
      /^\{"level":"info","data":\{"pin":"\[secret\]","credentials":\{"code":"\[secret\]"\},"pad":"x+$/,
    ),
  });
});
