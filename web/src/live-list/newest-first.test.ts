import { expect, it } from "vitest";
import { NewestFirst } from "./newest-first";

const listed = (ids: NewestFirst) => Array.from({ length: ids.size }, (_, index) => ids.at(index));
const filled = (...added: string[]) => {
  const ids = new NewestFirst();
  for (const id of added) ids.add(id);
  return ids;
};

it("puts ids in order wherever they come", () => {
  expect(listed(filled("d", "b", "f", "a", "c", "e", "g"))).toEqual([
    "g",
    "f",
    "e",
    "d",
    "c",
    "b",
    "a",
  ]);
  expect(listed(filled("a", "b", "c"))).toEqual(["c", "b", "a"]);
  expect(listed(filled("c", "b", "a"))).toEqual(["c", "b", "a"]);
});

it("finds every id and no other", () => {
  const ids = filled("d", "b", "f", "h");
  for (const [index, id] of ["h", "f", "d", "b"].entries()) expect(ids.indexOf(id)).toBe(index);
  for (const id of ["a", "c", "e", "i"]) expect(ids.indexOf(id)).toBe(-1);
  expect(new NewestFirst().indexOf("a")).toBe(-1);
});

it("takes ids out at either end and between, and none that is not there", () => {
  const ids = filled("c", "b", "a", "d", "e");
  for (const id of ["e", "a", "c", "x"]) ids.delete(id);
  expect(listed(ids)).toEqual(["d", "b"]);
  ids.clear();
  expect(ids.size).toBe(0);
});

it("agrees with sorting, whatever is added and taken out", () => {
  const ids = new NewestFirst();
  const model = new Set<string>();
  let state = 7;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  for (let step = 0; step < 3000; step += 1) {
    const id = String(next(400)).padStart(3, "0");
    if (next(3) === 0) {
      ids.delete(id);
      model.delete(id);
    } else if (!model.has(id)) {
      ids.add(id);
      model.add(id);
    }
  }
  expect(listed(ids)).toEqual([...model].sort().toReversed());
});
