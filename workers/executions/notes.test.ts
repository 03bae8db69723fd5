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
