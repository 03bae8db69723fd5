import { expect, it } from "vitest";
import { exposedName } from "./exposed-name";

it.each([
  ["echo", "github__echo"],
  ["get-issue_2", "github__get-issue_2"],
  ["a".repeat(40), `github__${"a".repeat(40)}`],
])("leaves %s as it is behind its connection", async (name, exposed) => {
  expect(await exposedName("github", name)).toBe(exposed);
});

it.each([
  ["too long by one", "a".repeat(41)],
  ["of 256 characters", "n".repeat(256)],
  ["with a space", "get issue"],
  ["with a dot", "get.issue"],
  ["with a slash", "repo/issue"],
  ["in another script", "問題"],
  ["an emoji", "🚀"],
  ["__proto__", "__proto__"],
  ["constructor", "constructor"],
  ["that looks shortened already", "get_issue_0123abcd"],
])("makes a legal name of one %s", async (_what, name) => {
  expect(await exposedName("github", name)).toMatch(/^github__[A-Za-z0-9_-]{1,40}$/);
});

it("gives names that differ only in what is left out names that differ", async () => {
  const names = [
    "a b",
    "a.b",
    "a/b",
    "a_b",
    "A_b",
    "a__b",
    "a😀b",
    "x".repeat(50),
    "x".repeat(51),
    "\u00e9",
    "e\u0301",
  ];
  const shown = await Promise.all(names.map((name) => exposedName("github", name)));
  expect(new Set(shown).size).toBe(names.length);
});

it("lets no name pass itself off as the short form of another", async () => {
  const short = await exposedName("github", "delete everything");
  const impostor = short.slice("github__".length);
  expect(await exposedName("github", impostor)).not.toBe(short);
});

it("keeps apart what connections with similar slugs offer", async () => {
  const shown = await Promise.all([
    exposedName("git", "hub__echo"),
    exposedName("git-hub", "echo"),
    exposedName("git", "hub_echo"),
    exposedName("git-2", "x".repeat(60)),
    exposedName("git", `2__${"x".repeat(60)}`),
  ]);
  expect(new Set(shown).size).toBe(shown.length);
});
