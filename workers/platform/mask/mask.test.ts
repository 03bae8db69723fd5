import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedPreview, maskText, maskValue } from "./index";

const all = (text: string) => maskText(text, "all");

describe("personal data in a text", () => {
  it.each([
    ["Write to ada.lovelace+hub@mail.example.co.uk.", "Write to [email]."],
    ["<ada@example.com>,bob@example.org", "<[email]>,[email]"],
    ["jörg@müller.example", "[email]"],
    ["Call +49 170 1234567 or +1 (415) 555-2671", "Call [phone] or [phone]"],
    ["(415) 555-2671, 415-555-2671 and 415.555.2671", "[phone], [phone] and [phone]"],
    ["tel:+33123456789", "tel:[phone]"],
    ["Card 4111 1111 1111 1111, 5555-5555-5555-4444", "Card [card], [card]"],
    ["378282246310005 and 30569309025904", "[card] and [card]"],
    ["order 12345 4111111111111111 9", "order 12345 [card] 9"],
    ["DE89 3704 0044 0532 0130 00 at the bank", "[iban] at the bank"],
    ["GB29NWBK60161331926819", "[iban]"],
    ["SSN 078-05-1120 or 078 05 1120", "SSN [ssn] or [ssn]"],
  ])("%s becomes %s", (text, masked) => expect(all(text)).toBe(masked));

  it.each([
    "On 2026-11-21T10:15:00.123Z, ticket 4711 of 2026-11-20 took 142 ms.",
    "tkt_01k5x8a1qv2h7c9d4e6f8g0h2j and 550e8400-e29b-41d4-a716-446655440000",
    "at 1793232000142, snowflake 1759288472991170630, in 0.4111111111111111",
    "4111 1111 1111 1112 fails its check digit; DE89 3704 0044 0532 0130 01 too",
    "192.168.17.24:8080, version 12.345.678-9, @ada, user@localhost, 3+4=7, +12",
    "000-12-3456, 666-12-3456, 123-45-67890, 1-415-555-26719",
    "FR76 is a product, AB12 3456 7890 too",
    "ISBN 978-3-16-148410-0, EAN 4006381333931",
  ])("leaves %s", (text) => expect(all(text)).toBe(text));

  it("stays where secrets alone are taken out", () => {
    const text = "ada@example.com, +49 170 1234567, 4111 1111 1111 1111";
    expect(maskText(text, "secrets")).toBe(text);
  });
});

describe("secrets in a text", () => {
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWl0";
  const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIB+/=\nabc\n-----END RSA PRIVATE KEY-----";
  const long = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
  it.each([
    [`token ${jwt} ends`, "token [secret] ends"],
    [`before ${pem} after`, "before [secret] after"],
    [`cut off: ${pem.slice(0, 45)}`, "cut off: [secret]"],
    ["AKIAIOSFODNN7EXAMPLE.", "[secret]."],
    ...[
      "ghp_",
      "github_pat_",
      "glpat-",
      "xoxb-",
      "sk-",
      "sk_live_",
      "pb_",
      "AIza",
      "whsec_",
      "npm_",
    ].map((prefix): [string, string] => [`use ${prefix}${long}, please`, "use [secret], please"]),
    ["Authorization: Bearer abc123def456", "Authorization: [secret]"],
    ["curl -H 'X: Bearer abc123def456'", "curl -H 'X: Bearer [secret]'"],
    ["it sends Basic dXNlcjpwYXNz along", "it sends Basic [secret] along"],
    ["https://ada:hunter2@db.example.com/x", "https://[secret]@db.example.com/x"],
    ["DB_PASSWORD=hunter2 PORT=80", "DB_PASSWORD=[secret] PORT=80"],
    ['{"password":"correct \\"horse","port":80}', '{"password":"[secret]","port":80}'],
    ['{\\"api_key\\":\\"abc\\",\\"a\\":1}', '{\\"api_key\\":\\"[secret]\\",\\"a\\":1}'],
    ...["hunter2", "hunter\n2"].map((password): [string, string] => [
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ password }) }) }),
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ password: "[secret]" }) }) }),
    ]),
    ['{"name":"x-api-key","value":"a b"}', '{"name":"x-api-key","value":"[secret]"}'],
    [
      JSON.stringify({ text: JSON.stringify([{ key: "DB_PASSWORD", value: "a" }], null, 2) }),
      JSON.stringify({
        text: JSON.stringify([{ key: "DB_PASSWORD", value: "[secret]" }], null, 2),
      }),
    ],
    ["?access_token=abc&page=2", "?access_token=[secret]&page=2"],
    ["client-secret: 'a b c'", "client-secret: '[secret]'"],
    ["Set-Cookie: session=abc; Path=/", "Set-Cookie:[secret]"],
  ])("%s becomes %s", (text, masked) => {
    expect(all(text)).toBe(masked);
    expect(maskText(text, "secrets")).toBe(masked);
  });

  it.each([
    "Basic authentication and bearer certificates are prose.",
    "The tokens: 12 in, 40 out. nextPageToken=abc123, progressToken: 7",
    "password: null, secret=true",
    '{"name":"nextPageToken","value":"abc"}, {"name":"password_hint_shown","value":"no"}',
    "sk-learn-is-a-library and pb_is_a_prefix_without_a_number",
    "https://example.com/a:b@c",
  ])("leaves %s", (text) => expect(all(text)).toBe(text));
});

describe("a JSON value", () => {
  it("keeps its shape, and stays the same one where nothing is found", () => {
    const value = { a: [1, "two", null, { three: true }], id: 1793232000142 };
    expect(maskValue(value, "all")).toBe(value);
    const masked = maskValue({ ...value, b: ["x", { to: "ada@example.com" }] }, "all");
    expect(masked).toEqual({ ...value, b: ["x", { to: "[email]" }] });
    expect((masked as typeof value).a).toBe(value.a);
  });

  it("hides what stands under a secret name at any depth, whatever it is", () => {
    const value = {
      Password: "p",
      nested: { "x-api-key": 12345, apiKey: ["a", { b: "c", ok: true }], clientSecret: "" },
      authorization: { user: "u", at: 5 },
      nextPageToken: "abc",
      max_tokens: 100,
      tokens: 12,
    };
    expect(maskValue(value, "secrets")).toEqual({
      Password: "[secret]",
      nested: {
        "x-api-key": "[secret]",
        apiKey: ["[secret]", { b: "[secret]", ok: true }],
        clientSecret: "",
      },
      authorization: { user: "[secret]", at: "[secret]" },
      nextPageToken: "abc",
      max_tokens: 100,
      tokens: 12,
    });
  });

  it("hides what is secret by the name beside it, in a list of names and values", () => {
    const headers = [
      { name: "Authorization", value: "abc" },
      { Name: "API_KEY", Value: "abc" },
      { name: "Accept", value: "text/plain" },
      { key: "pageToken", value: "abc" },
    ];
    expect(maskValue({ headers, apiKeys: ["a"], tokens: 12 }, "secrets")).toEqual({
      headers: [
        { name: "Authorization", value: "[secret]" },
        { Name: "API_KEY", Value: "[secret]" },
        { name: "Accept", value: "text/plain" },
        { key: "pageToken", value: "abc" },
      ],
      apiKeys: ["[secret]"],
      tokens: 12,
    });
  });

  it("knows cards and phone numbers that are numbers, and tables kept by address", () => {
    expect(
      maskValue(
        { card: 4111111111111111, phone: "0170 1234567", mobile: 491701234567, at: 1793232000142 },
        "all",
      ),
    ).toEqual({ card: "[card]", phone: "[phone]", mobile: "[phone]", at: 1793232000142 });
    expect(maskValue({ "ada@example.com": 1, "bob@example.com": 2, c: 3 }, "all")).toEqual({
      "[email]": 1,
      "[email] 2": 2,
      c: 3,
    });
  });

  it("survives names that are traps, and depth without end", () => {
    const trap = JSON.parse(
      '{"__proto__":{"email":"ada@example.com"},"constructor":"x"}',
    ) as object;
    const masked = maskValue(trap, "all") as object;
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"email":"[email]"},"constructor":"x"}');
    const deep = JSON.parse(`${"[".repeat(3000)}"ada@example.com"${"]".repeat(3000)}`) as unknown;
    expect(JSON.stringify(maskValue(deep, "all"))).not.toContain("ada@");
  });
});

describe("hostile texts", () => {
  // Eight times as long as what is ever masked: a pattern whose work grows by the square outlasts the test's time here.
  const size = 262_144;
  it.each([
    "a",
    "@",
    "a@",
    "a@b.",
    "1.",
    "4",
    "1 ",
    "4111 ",
    "+1 ",
    "DE89 ",
    "123-45-",
    "(415) ",
    "eyJ",
    "eyJaaaaaaaaaaa.",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "sk-",
    "ghp_",
    "password",
    "password=",
    'password="',
    'token=\\"',
    "api-key  ",
    "Bearer ",
    "cookie:",
    "://a:",
    "\\",
    '"',
    ":=",
    "\u00e9",
    "\ud800",
  ])("of %j are done with in one pass", (piece) => {
    const text = `${piece.repeat(Math.ceil(size / piece.length))} ada@example.com`;
    const masked = all(text);
    expect(masked.endsWith("ada@example.com") && !masked.includes("[secret]")).toBe(false);
  });
});

describe("the beginning of a long value", () => {
  const preview = (value: unknown, characters = 200) =>
    maskedPreview(value, { masking: "all", characters });

  it("is that of the value as it is masked whole", () => {
    const leaf = fc.constantFrom("ada@example.com", "4111111111111111", 4711, "plain", true, null);
    const key = fc.constantFrom("password", "name", "value", "note", "phone", "API-Key", "Cookie");
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "medium" },
        leaf,
        fc.array(tie("tree")),
        fc.dictionary(key, tie("tree")),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.integer({ min: 40, max: 300 }), (value, characters) => {
        const whole = JSON.stringify(maskValue(value, "all"));
        expect(preview(value, characters).text).toBe(whole.slice(0, characters));
      }),
    );
  });

  it("hides a value that is named only behind it", () => {
    const value = [{ value: `hunter2${"x".repeat(1000)}`, name: "password" }];
    expect(preview(value)).toEqual({
      text: '[{"value":"[secret]","name":"password"}]',
      masked: true,
    });
  });

  it("says whether anything in it was replaced", () => {
    const rest = "y".repeat(1000);
    expect(preview({ note: "hi", rest }).masked).toBe(false);
    expect(preview({ note: "ada@example.com", rest }).masked).toBe(true);
    expect(preview({ "ada@example.com": 1, rest }).masked).toBe(true);
  });

  it.each([
    [
      "a key that does not end",
      `${"x".repeat(20)} -----BEGIN PRIVATE KEY-----\n${"MIIB".repeat(900)}`,
    ],
    ["a card's number", `${"ghp_" + "a1B2".repeat(92)} 411111111111${"1111 ".repeat(500)}`],
    ["an address", `${"ghp_" + "a1B2".repeat(97)} ada@example${".com".repeat(500)}`],
  ])("shows no half of %s, where a text is cut", (_, text) => {
    expect(preview({ text }).text).not.toMatch(/MIIB|4111|ada/);
  });

  it("reads no more of the value than it shows", () => {
    const items = Array.from({ length: 1000 }, (_, n) => ({
      get text() {
        if (n > 50) throw new Error("It was read.");
        return "some words";
      },
    }));
    expect(preview(items).text).toHaveLength(200);
  });

  it("is that of a value however deep", () => {
    let value: unknown = "hunter2";
    for (let depth = 0; depth < 3000; depth++) value = [value];
    expect(preview({ password: value }, 2048).text).toMatch(/^\{"password":\[+$/);
  });
});
