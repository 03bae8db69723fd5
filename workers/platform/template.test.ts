import { describe, expect, it } from "vitest";
import { fillAll, fillTemplate } from "./template";

const values = {
  params: { shop: "acme", account: "1234567_SB1", locator: "xy12345.eu-central-1", none: "" },
  secret: { key: "k", file: '{"client_email":"robot@example.com","n":1}', thumb: "84:E0 5c1d" },
  app: { clientId: "id" },
  extra: { token: "t" },
};
const fill = (template: string) => fillTemplate(template, values);

describe("a template", () => {
  it.each([
    ["https://{shop}.example.com/{app.clientId}", "https://acme.example.com/id"],
    ["Bearer {token}", "Bearer t"],
    ["{account|lower|replace:_:-}", "1234567-sb1"],
    ["{secret.key|append::x|base64}", btoa("k:x")],
    ["{locator|until:.|upper}", "XY12345"],
    ["{shop|until:.}", "acme"],
    ["{secret.file|json:client_email}", "robot@example.com"],
    ["{secret.thumb|base64url:hex}", "hOBcHQ"],
    ["{ shop } {} {1}", "{ shop } {} {1}"],
  ])("%s becomes %s", (template, filled) => {
    expect(fill(template)).toBe(filled);
  });

  it("is not filled a second time by what it was filled with", () => {
    expect(fillTemplate("{a}", { params: { a: "{secret.key}" }, secret: { key: "k" } })).toBe(
      "{secret.key}",
    );
  });

  it.each(["{site}", "{secret.site}", "{app.clientSecret}", "{toString}"])(
    "says what %s lacks",
    (template) => {
      expect(() => fill(template)).toThrow(/The connection lacks/);
    },
  );

  it.each(["{secret.file|json:n}", "{secret.key|json:client_email}", "{shop|base64url:hex}"])(
    "refuses %s, which is not what it was taken for",
    (template) => {
      expect(() => fill(template)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    },
  );

  it("of a header that comes out empty leaves the header out", () => {
    expect(fillAll({ "X-Shop": "{shop}", "X-None": "{none}" }, values)).toEqual({
      "X-Shop": "acme",
    });
  });
});
