import { describe, expect, it } from "vitest";
import { activitySearch } from "./search";

describe("the search of Activity", () => {
  it.each([
    [
      "keeps what it knows",
      { status: "failed,lost", q: "echo" },
      { status: "failed,lost", q: "echo" },
    ],
    ["takes a list for several states", { status: ["failed", "lost"] }, { status: "failed,lost" }],
    [
      "takes a number for text",
      { q: 42, since: 1_793_232_000_000 },
      { q: "42", since: "1793232000000" },
    ],
    ["leaves out what is empty or unknown", { q: "", other: "x", surface: "carrier" }, {}],
    ["leaves out what is no text", { tool: { id: "x" }, q: null, selected: true }, {}],
    ["keeps a surface there is", { surface: "mcp" }, { surface: "mcp" }],
  ])("%s", (_, given, kept) => expect(activitySearch(given)).toEqual(kept));

  it("cuts what is longer than any filter", () => {
    expect(activitySearch({ q: "x".repeat(200) }).q).toHaveLength(100);
  });
});
