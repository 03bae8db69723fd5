import { describe, expect, it } from "vitest";
import { toBase64Url, toHex, utf8 } from "../platform/encoding";
import { maskFor } from "./masking";

const token = "sk-live/4f9a+Zz_81~q==";
const bytes = utf8(token);
const base64 = (text: string) => btoa(text);

const written: [string, string][] = [
  ["in clear", token],
  ["behind its scheme", `Bearer ${token}`],
  ["in a sentence", `bad key '${token}', sorry`],
  ["twice", `${token}${token}`],
  ["URL-encoded", encodeURIComponent(token)],
  ["URL-encoded in small letters", encodeURIComponent(token).toLowerCase().replace("zz", "Zz")],
  ["URL-encoded with its scheme", encodeURIComponent(`Bearer ${token}`)],
  ["in a form", new URLSearchParams({ key: `Bearer ${token}` }).toString()],
  ["in hex", toHex(bytes)],
  ["in capital hex", toHex(bytes).toUpperCase()],
  ["in base64", base64(token)],
  ["in base64url", toBase64Url(bytes)],
  ["in base64 behind one byte", base64(`x${token}`)],
  ["in base64 behind two bytes", base64(`xy${token}`)],
  ["in base64 before more", base64(`${token}!more`)],
  ["in base64 within more", base64(`{"authorization":"Bearer ${token}"}`)],
  ["in JSON", JSON.stringify({ token })],
  ["in JSON with escaped slashes", JSON.stringify({ token }).replaceAll("/", "\\/")],
  ["in JSON within JSON", JSON.stringify(JSON.stringify({ token }))],
];
/** What no mask may leave behind. */
const tells = [
  token,
  token.slice(0, 12),
  toHex(bytes).slice(4, 30),
  base64(token).slice(2, 22),
  base64(`x${token}`).slice(3, 22),
  base64(`xy${token}`).slice(4, 22),
];

describe("a secret", () => {
  const mask = maskFor({ Authorization: `Bearer ${token}` });
  it.each(written)("is masked %s", (_how, text) => {
    const masked = mask(text);
    expect(masked).toContain("[secret]");
    for (const tell of tells) expect(masked.toLowerCase()).not.toContain(tell.toLowerCase());
  });

  it("is masked in each of the headers", () => {
    const both = maskFor({ "x-api-key": "first-key-123", "x-other-secret": "second-key-456" });
    expect(both("first-key-123 second-key-456 third-key-789")).toBe(
      "[secret] [secret] third-key-789",
    );
  });

  it.each([
    ["Cookie", "session=4f9a81aa77; theme=dark", "4f9a81aa77"],
    ["Authorization", 'Digest username="bob", response="4f9a81aa77"', "4f9a81aa77"],
    ["Authorization", `Basic ${base64("bob:4f9a81aa77")}`, "4f9a81aa77"],
    ["Authorization", `Basic ${base64("bob:4f9a81aa77")}`, "bob:4f9a81aa77"],
    ["X-Auth", "id:4f9a81aa77", "4f9a81aa77"],
    ["X-Api-Key", "4f9a81", "4f9a81"],
    ["X-Tenant", "0123456789abcdef", "0123456789abcdef"],
  ])("in %s: %s is found as %s", (name, value, secret) => {
    expect(maskFor({ [name]: value })(`it was ${secret}.`)).toBe("it was [secret].");
  });
});

it.each([
  ["Bearer hunter", "it said hunter!"],
  ["Bearer hunterpass", "hunterpass is wrong"],
  [`Basic ${btoa("me:hunter")}`, "wrong password hunter"],
])("what follows the scheme in %s is a secret, however plain it looks", (value, text) => {
  expect(maskFor({ authorization: value })(text)).not.toMatch(/hunter/);
});

describe("ordinary text is left as it is:", () => {
  it.each([
    [{ "x-region": "eu" }, "neutral Europe, eu-west"],
    [{ "x-region": "europe-west" }, "europe-west is a region"],
    [{ "x-api-key": "abc" }, "abcdef"],
    [{ Authorization: 'Digest username="4f9a81aa77"' }, "Your username and realm, please"],
    [{ Cookie: "preference=4f9a81aa77" }, "Your preference is noted"],
    [{ Authorization: "Bearer 4f9a81aa77" }, "Bearer of 4f9a81aa7"],
    [{}, "anything"],
    [{ "x-token": "" }, "anything"],
  ])("%j", (headers: Record<string, string>, text) => {
    expect(maskFor(headers)(text)).toBe(text);
  });
});
