import { expect, it } from "vitest";
import { asName, asValue, faultsOf, referenceTo } from "./draft";

it("makes a name of what is typed", () => {
  expect(asName("tickets token")).toBe("TICKETS_TOKEN");
  expect(asName("stripe.live-key")).toBe("STRIPE_LIVE_KEY");
  expect(asName("a".repeat(100))).toHaveLength(64);
});

it("wants a name that begins with a letter, and a value that ends where it ends", () => {
  expect(faultsOf({ name: "TICKETS_TOKEN", value: "abc" })).toEqual({});
  expect(Object.keys(faultsOf({ name: "1ST", value: "abc" }))).toEqual(["name"]);
  expect(Object.keys(faultsOf({ name: "A", value: "" }))).toEqual(["value"]);
  expect(Object.keys(faultsOf({ name: "A", value: "abc\n" }))).toEqual(["value"]);
  expect(faultsOf({ name: "A", value: "-----BEGIN\nEND-----" })).toEqual({});
});

it("says how a field refers to it", () => {
  expect(referenceTo("A")).toBe("{{secrets.A}}");
});

it("takes a pasted value without the line break at its end, and leaves what is typed", () => {
  expect(asValue("-----BEGIN KEY-----\nabc\n", "")).toBe("-----BEGIN KEY-----\nabc");
  expect(asValue("abc\n", "abc")).toBe("abc\n");
});
