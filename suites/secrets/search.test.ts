import { expect, it } from "vitest";
import { Search } from "./search.ts";

const secret = 'aV3ry"s3cret/value+&';
const found = (text: string | Buffer) => {
  const search = new Search();
  search.plant("a secret", secret);
  search.in("a place", text);
  return search.sentences().length > 0;
};

it("notices a secret in every encoding, and nothing where there is none", () => {
  const search = new Search();
  search.plant("a secret", secret);
  search.plant("bytes", Buffer.from([...Array(32).keys()].map((byte) => byte * 7 + 3)));
  expect(search.overlooked()).toEqual([]);
  expect(found(`before ${secret} after`)).toBe(true);
  expect(found(Buffer.from(`user:${secret}`).toString("base64"))).toBe(true);
  expect(found(secret.slice(1))).toBe(false);
});
