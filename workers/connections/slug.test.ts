import { expect, it } from "vitest";
import { freeSlug, slugOf } from "./slug";

it.each([
  ["GitHub", "github"],
  ["  My  GitHub (work)!  ", "my-github-work"],
  ["Crème brûlée", "cre-me-bru-le-e"],
  ["a__b", "a-b"],
  ["--x--", "x"],
  ["日本", "connection"],
  ["🚀", "connection"],
  ["", "connection"],
  ["twenty-characters-ok", "twenty-characters-ok"],
  ["cut in the middle - of this", "cut-in-the-middle-of"],
  ["nineteen characters-x", "nineteen-characters"],
])("names a connection called %j %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(slugOf(name)).toMatch(/^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/);
});

it.each([
  ["free", [], "free"],
  ["taken", ["taken"], "taken-2"],
  ["taken", ["taken", "taken-2", "taken-4"], "taken-3"],
  ["twenty-characters-ok", ["twenty-characters-ok"], "twenty-characters-2"],
  ["twenty-characters-ok", ["twenty-characters-ok", "twenty-characters-2"], "twenty-characters-3"],
])("finds a free slug for %s beside %j", (wanted, taken, slug) => {
  expect(freeSlug(wanted, new Set(taken))).toBe(slug);
});

it("finds the hundredth free slug in as few characters", () => {
  const taken = new Set<string>();
  for (let made = 0; made < 150; made++) taken.add(freeSlug("twenty-characters-ok", taken));
  expect(taken.size).toBe(150);
  for (const slug of taken) expect(slug).toMatch(/^[a-z0-9-]{1,20}$/);
});
