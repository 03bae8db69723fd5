import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./without-secrets";

describe("what is kept in the browser", () => {
  const schema = {
    properties: {
      pin_code: { type: "string", writeOnly: true },
      hidden: { type: "string", format: "password" },
      keys: { type: "array", items: { type: "string", format: "password" } },
      login: { properties: { user: {}, password: {} } },
      list: { type: "array", items: { properties: { apiKey: {}, id: {} } } },
      auth: {
        oneOf: [
          { properties: { kind: { const: "a" }, hint: { format: "password", type: "string" } } },
        ],
      },
    },
  };
  it.each<[string, unknown, unknown]>([
    ["has no text its schema hides", { pin_code: "1", hidden: "2", a: 3 }, { a: 3 }],
    ["has no list of such texts", { keys: ["a", "b"] }, { keys: [] }],
    [
      "has no names that speak of secrets",
      {
        token: "x",
        API_KEY: "x",
        "x-api-key": "x",
        Authorization: "x",
        clientSecret: { a: 1 },
        a: 1,
      },
      { a: 1 },
    ],
    [
      "has the numbers that are called so",
      { max_tokens: 5, token: true },
      { max_tokens: 5, token: true },
    ],
    [
      "is looked through to the bottom",
      { login: { user: "u", password: "p" }, list: [{ apiKey: "k", id: 1 }] },
      { login: { user: "u" }, list: [{ id: 1 }] },
    ],
  ])("%s", (_, value, wanted) => expect(withoutSecrets(schema, schema, value)).toEqual(wanted));

  it("ends where nesting has no end in sight", () => {
    let value: unknown = {};
    for (let count = 0; count < 5000; count += 1) value = { a: value };
    expect(() => JSON.stringify(withoutSecrets({}, true, value))).not.toThrow();
  });
});
