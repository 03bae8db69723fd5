import { describe, expect, it } from "vitest";
import { CreateConnection } from "../../../shared/contracts/connections";
import { ApiError } from "../client";
import { draftFaults, emptyDraft, fieldOf, isSound, paste, requestFor, withUrl } from "./draft";
import { newRow } from "./header-rows";

const url = "https://tickets.example.com/mcp";

describe("the name", () => {
  it("follows the address until somebody gives one", () => {
    expect(withUrl(emptyDraft, url).name).toBe("Tickets");
    expect(withUrl({ ...emptyDraft, name: "Ours", named: true }, url).name).toBe("Ours");
  });
  it("is that of a pasted configuration", () =>
    expect(
      paste(emptyDraft, JSON.stringify({ mcpServers: { desk: { url } } }))?.draft,
    ).toMatchObject({
      name: "desk",
      url,
    }));
});

it("keeps what was typed where a pasted configuration is of no use", () => {
  const draft = { ...emptyDraft, url: "https://other.example.com" };
  expect(paste(draft, "{")?.draft).toBe(draft);
});

it("sends what the contract takes", () => {
  const draft = { ...withUrl(emptyDraft, ` ${url} `), headers: [newRow("bearer", "", "abc")] };
  expect(isSound(draftFaults(draft))).toBe(true);
  const request = requestFor(draft, false);
  expect(CreateConnection.parse(request)).toMatchObject(request);
  expect(request.config).toEqual({
    url,
    transport: "auto",
    headers: { Authorization: "Bearer abc" },
  });
});

it("is not sound with a row left empty, or with more than twenty", () => {
  const draft = withUrl(emptyDraft, url);
  expect(isSound(draftFaults({ ...draft, headers: [newRow("header")] }))).toBe(false);
  const many = Array.from({ length: 21 }, (_, n) => newRow("header", `x-${n}`, "1"));
  expect(isSound(draftFaults({ ...draft, headers: many }))).toBe(false);
});

it.each([
  ["name", "name"],
  ["body.name", "name"],
  ["config.url", "url"],
  ["body.config.url", "url"],
  ["body.config.headers.x", undefined],
  [undefined, undefined],
])("finds the field of %s", (field, found) => {
  const error = { code: "conflict", message: "m", requestId: "r" } as const;
  const details = field === undefined ? {} : { details: { field } };
  expect(fieldOf(new ApiError(409, { error: { ...error, ...details } }))).toBe(found);
});
