import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import { openDue, type Due } from "./due";

const begin = 1_800_000_000_000;
const later = begin + 30_000;

/** A thing that was due, whose verb answers `again` after something has happened to its row; when is it due next? */
async function dueAfter(
  again: number | undefined | Error,
  meanwhile: (due: Due) => void,
): Promise<number | null> {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const object = env.TEAM_LEDGER.getByName(newId("team"));
  return runInDurableObject(object, async (_, { storage }) => {
    vi.useFakeTimers({ now: begin, toFake: ["Date"] });
    try {
      const verb = Promise.withResolvers<number | undefined>();
      const due = openDue(storage, { look: () => verb.promise });
      due.set("look", "", begin - 1000);
      const run = due.run();
      meanwhile(due);
      if (again instanceof Error) verb.reject(again);
      else verb.resolve(again);
      await run;
      const { at } = storage.sql
        .exec<{ at: number | null }>("SELECT min(at) AS at FROM due WHERE kind = 'look'")
        .one();
      expect(at === null || (await storage.getAlarm()) === at).toBe(true);
      return at;
    } finally {
      vi.useRealTimers();
      vi.restoreAllMocks();
      await storage.deleteAlarm();
    }
  });
}

describe("what is due, while its verb is under way", () => {
  it("comes again when the verb says, or in half a minute where it fails, or not at all", async () => {
    expect(await dueAfter(later + 5, () => undefined)).toBe(later + 5);
    expect(await dueAfter(new Error("injected"), () => undefined)).toBe(later);
    expect(await dueAfter(undefined, () => undefined)).toBeNull();
  });

  it.each([later, undefined, new Error("injected")])(
    "comes again as soon as it was asked for meanwhile, where the verb answers %s",
    async (again) => {
      expect(await dueAfter(again, (due) => due.setBy("look", "", begin))).toBe(begin);
    },
  );

  it("comes again when the verb says where that is sooner, and at the soonest it was asked for", async () => {
    expect(await dueAfter(later, (due) => due.setBy("look", "", later + 5))).toBe(later);
    const twice = (due: Due) => [7, 3, 5].forEach((ms) => due.setBy("look", "", begin + ms));
    expect(await dueAfter(later, twice)).toBe(begin + 3);
  });

  it("is not asked for by what is asked for of another", async () => {
    expect(await dueAfter(later, (due) => due.setBy("look", "other", later + 5))).toBe(later);
  });

  it("comes when it was set to come, and not where it was cleared", async () => {
    const set = (due: Due) => due.set("look", "", later + 5);
    expect(await dueAfter(begin, set)).toBe(later + 5);
    expect(await dueAfter(undefined, set)).toBe(later + 5);
    const cleared = (due: Due) => {
      due.setBy("look", "", begin);
      due.clear("look", "");
    };
    expect(await dueAfter(begin, cleared)).toBeNull();
    const anew = (due: Due) => {
      due.clear("look", "");
      due.setBy("look", "", later + 5);
    };
    expect(await dueAfter(undefined, anew)).toBe(later + 5);
  });
});
