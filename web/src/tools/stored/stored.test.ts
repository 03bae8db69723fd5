import { describe, expect, it } from "vitest";
import {
  mostPresets,
  mostRuns,
  readPastRun,
  readPreset,
  withPreset,
  withRun,
  type PastRun,
} from "./presets";
import { Shelf, type Store } from "./shelf";

/** A browser's storage that takes so many characters. */
function storage(room = Infinity): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem(key, text) {
      const used = [...kept].reduce(
        (sum, [other, { length }]) => sum + (other === key ? 0 : length),
        0,
      );
      if (used + text.length > room) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, text);
    },
  };
}

const shelf = (store: Store | undefined, toolId = "tool_1", teamId = "team_1") =>
  new Shelf({ store, teamId, kind: "history", toolId }, readPastRun);
const run = (at: number, args = {}): PastRun => ({ at, args: { at, ...args } });

describe("a shelf", () => {
  it("keeps what is put there, for one team and one tool", () => {
    const store = storage();
    expect(shelf(store).put([run(1)])).toBe(true);
    expect(shelf(store).items()).toEqual([run(1)]);
    expect(shelf(store, "tool_2").items()).toEqual([]);
    expect(shelf(store, "tool_1", "team_2").items()).toEqual([]);
  });

  it.each(["{", "7", '{"a":1}', '[1,null,{"at":"x"},{"at":1,"args":[]}]'])(
    "is empty where %s stands in it",
    (text) => {
      const store = storage();
      shelf(store).put([run(1)]);
      for (const key of store.kept.keys()) store.kept.set(key, text);
      expect(shelf(store).items()).toEqual([]);
    },
  );

  it("makes room by forgetting the history of other tools, and nothing else", () => {
    const store = storage(300);
    store.setItem("elsewhere", "x".repeat(100));
    shelf(store, "tool_2").put([run(1, { text: "x".repeat(100) })]);
    expect(shelf(store).put([run(2, { text: "x".repeat(120) })])).toBe(true);
    expect(shelf(store, "tool_2").items()).toEqual([]);
    expect(store.kept.has("elsewhere")).toBe(true);
  });

  it("says so where there is no room, and keeps what it had", () => {
    const store = storage(100);
    shelf(store).put([run(1)]);
    expect(shelf(store).put([run(2, { text: "x".repeat(200) })])).toBe(false);
    expect(shelf(store).items()).toEqual([run(1)]);
    expect(shelf(undefined).put([run(1)])).toBe(false);
    expect(shelf(undefined).items()).toEqual([]);
  });
});

describe("history", () => {
  it("has the newest first, each set of arguments once", () => {
    const runs = [run(1), run(2)].reduce<PastRun[]>(withRun, []);
    const again = withRun(runs, { at: 3, args: { at: 1 } });
    expect(again.map(({ at }) => at)).toEqual([3, 2]);
  });

  it("keeps so many runs, and no very long ones", () => {
    const many = Array.from({ length: 80 }, (_, at) => run(at)).reduce<PastRun[]>(withRun, []);
    expect(many).toHaveLength(mostRuns);
    expect(withRun(many, run(99, { text: "x".repeat(60_000) }))).toEqual(many);
  });
});

describe("presets", () => {
  it("stand by name, one of each", () => {
    const one = withPreset([{ name: "b", args: {} }], { name: "a", args: { x: 1 } }) ?? [];
    expect(one.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(withPreset(one, { name: "a", args: { x: 2 } })?.[0]?.args).toEqual({ x: 2 });
  });

  it("have an end", () => {
    const full = Array.from({ length: mostPresets }, (_, at) => ({ name: `p${at}`, args: {} }));
    expect(withPreset(full, { name: "one more", args: {} })).toBeUndefined();
    expect(withPreset(full, { name: "p1", args: {} })).toHaveLength(mostPresets);
    expect(withPreset([], { name: "long", args: { text: "x".repeat(60_000) } })).toBeUndefined();
  });

  it("are read with names of a bearable length", () => {
    expect(readPreset({ name: "n".repeat(200), args: {} })?.name).toHaveLength(80);
    expect(readPreset({ name: 1, args: {} })).toBeUndefined();
  });
});
