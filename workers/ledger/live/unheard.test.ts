import { expect, it } from "vitest";
import { Unheard } from "./unheard";

const parcels = (count: number, of: { messages?: number; characters?: number } = {}) => {
  const unheard = new Unheard();
  for (let seq = 1; seq <= count; seq++)
    unheard.add({ seq, messages: of.messages ?? 1, characters: of.characters ?? 1 });
  return unheard;
};

it("is full for who acknowledges after two hundred messages, and for who does not after thousands", () => {
  expect(parcels(199).isFull(true)).toBe(false);
  expect(parcels(200).isFull(true)).toBe(true);
  expect(parcels(4999).isFull(false)).toBe(false);
  expect(parcels(5000).isFull(false)).toBe(true);
});

it("counts what is long, too", () => {
  expect(parcels(4, { characters: 65_536 }).isFull(true)).toBe(true);
  expect(parcels(3, { characters: 65_536 }).isFull(true)).toBe(false);
  expect(parcels(64, { characters: 65_536 }).isFull(false)).toBe(true);
});

it("has room again for as much as was heard, and no more", () => {
  const unheard = parcels(8, { messages: 25 });
  expect(unheard.isFull(true)).toBe(true);
  unheard.heard(0);
  expect(unheard.isFull(true)).toBe(true);
  unheard.heard(1);
  expect(unheard.isFull(true)).toBe(false);
  unheard.add({ seq: 9, messages: 25, characters: 1 });
  expect(unheard.isFull(true)).toBe(true);
  unheard.heard(1);
  expect(unheard.isFull(true)).toBe(true);
  unheard.heard(999);
  unheard.add({ seq: 1000, messages: 199, characters: 1 });
  expect(unheard.isFull(true)).toBe(false);
});
