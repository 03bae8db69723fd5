import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../shared/catalogue/all";
import { AuthMethod, type AuthMethodData } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { checkFields, typedNames } from "./fields";
import { tokenFields } from "./types";

const place = "body.auth.fields";
const pem = generateKeyPairSync("ec", { namedCurve: "prime256v1" })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const of = (data: AuthMethodData) => AuthMethod.parse(data);

const apiKey = of({
  kind: "api_key",
  id: "key",
  label: "API key",
  fields: [
    {
      name: "apiKey",
      label: "API key",
      pattern: "^k_.+$",
      where: { text: "Settings → API" },
      example: "k_12ab",
    },
    { name: "account", label: "Account", input: "text", required: false },
    {
      name: "region",
      label: "Region",
      input: "choice",
      default: "eu",
      choices: [
        { value: "eu", label: "Europe" },
        { value: "us", label: "America" },
      ],
    },
  ],
  present: [{ in: "header", name: "X-Key", template: "{secret.apiKey}" }],
});
const encoded = of({
  kind: "api_key",
  id: "encoded",
  label: "Encoded",
  fields: [{ name: "apiKey", label: "API key" }],
  present: [{ in: "header", name: "Authorization", template: "Basic {secret.apiKey|base64}" }],
});
const basic = of({
  kind: "basic",
  id: "basic",
  label: "Name and password",
  fields: [
    { name: "username", label: "Name", input: "text" },
    { name: "password", label: "Password" },
  ],
});
const headers = of({ kind: "headers", id: "headers", label: "Headers" });
const robot = of({
  kind: "signed_jwt",
  id: "robot",
  label: "Service account",
  fields: [{ name: "keyFile", label: "Key file", input: "multiline" }],
  algorithms: ["RS256"],
  key: "{secret.keyFile|json:private_key}",
  claims: { iss: "{secret.keyFile|json:client_email}" },
});
const keyed = of({
  kind: "signed_jwt",
  id: "keyed",
  label: "Key",
  fields: [{ name: "privateKey", label: "Private key", input: "multiline" }],
  algorithms: ["ES256"],
  key: "{secret.privateKey}",
});

describe("what was typed", () => {
  it("is sealed as it is, with defaults filled in and what is optional as nothing", () => {
    expect(checkFields(apiKey, { apiKey: "k_1" }, place)).toEqual({
      apiKey: "k_1",
      account: "",
      region: "eu",
    });
  });

  it("may name the team's secrets, whole or within, whatever the pattern says", () => {
    const fields = { apiKey: "{{secrets.KEY}}", account: "a-{{secrets.ACCOUNT}}" };
    expect(checkFields(apiKey, fields, place)).toMatchObject(fields);
    expect(checkFields(keyed, { privateKey: "{{secrets.PEM}}" }, place)).toEqual({
      privateKey: "{{secrets.PEM}}",
    });
  });

  it("may be outside ASCII where no header carries it bare", () => {
    expect(checkFields(encoded, { apiKey: "schlüssel" }, place)).toEqual({ apiKey: "schlüssel" });
    const login = { username: "zoë", password: "  pass:wörd " };
    expect(checkFields(basic, login, place)).toEqual(login);
  });

  it("of a pasted key is taken in every usual form", () => {
    const forms = [pem, pem.replaceAll("\n", "\r\n"), pem.trim().replaceAll("\n", "\\n")];
    for (const privateKey of forms)
      expect(checkFields(keyed, { privateKey }, place)).toEqual({ privateKey });
    const keyFile = JSON.stringify({ private_key: pem, client_email: "robot@acme.com" });
    expect(checkFields(robot, { keyFile }, place)).toEqual({ keyFile });
  });

  it.each<[string, AuthMethod, Record<string, string>, string]>([
    [
      "a required field left out",
      apiKey,
      {},
      `${place}.apiKey: is needed: API key. Find it here: Settings → API.`,
    ],
    ["one of spaces", apiKey, { apiKey: "  " }, `${place}.apiKey: is needed`],
    ["an unknown field", apiKey, { apiKey: "k_1", password: "x" }, `${place}.password: is nothing`],
    [
      "a name every object has",
      apiKey,
      { apiKey: "k_1", constructor: "x" },
      `${place}.constructor:`,
    ],
    [
      "a line break at the end",
      apiKey,
      { apiKey: "k_1\n" },
      `${place}.apiKey: ends with a line break; paste it without.`,
    ],
    [
      "a line break behind a secret's name",
      apiKey,
      { apiKey: "{{secrets.KEY}}\n" },
      "ends with a line break",
    ],
    [
      "a line break inside",
      apiKey,
      { apiKey: "k_1\r\nx-b: 2" },
      `${place}.apiKey: holds a line break`,
    ],
    ["a null byte", apiKey, { apiKey: "k_\0" }, "control character"],
    [
      "another pattern",
      apiKey,
      { apiKey: "1" },
      `${place}.apiKey: does not look like API key, such as k_12ab.`,
    ],
    ["a space before it", apiKey, { apiKey: "k_1 " }, "ends with a space"],
    ["characters no header carries", apiKey, { apiKey: "k_日本" }, "outside ASCII"],
    [
      "none of the choices",
      apiKey,
      { apiKey: "k_1", region: "mars" },
      `${place}.region: is none of eu, us.`,
    ],
    [
      "a colon in a name",
      basic,
      { username: "a:b", password: "c" },
      `${place}.username: holds a colon`,
    ],
    [
      "a header the hub sets",
      headers,
      { Host: "x" },
      `${place}.Host: is a header the hub sets itself.`,
    ],
    ["a header with a line break", headers, { "x-a": "a\r\nb" }, `${place}.x-a:`],
    [
      "a key that is cut off",
      keyed,
      { privateKey: pem.slice(0, 90) },
      `${place}.privateKey: is cut off`,
    ],
    [
      "a key that is damaged",
      keyed,
      { privateKey: pem.replace(/\n.{20}/, "\n%%%%") },
      "is damaged",
    ],
    [
      "a certificate for a key",
      keyed,
      { privateKey: pem.replaceAll("PRIVATE KEY", "CERTIFICATE") },
      "is a certificate, which cannot sign",
    ],
    ["a key file that is no JSON", robot, { keyFile: pem }, `${place}.keyFile: is no JSON`],
    [
      "a key file of another kind",
      robot,
      { keyFile: '{"installed":{}}' },
      "lacks private_key and client_email",
    ],
    [
      "a key file without a key in it",
      robot,
      { keyFile: '{"private_key":"x","client_email":"a"}' },
      "holds a private_key that is no PEM",
    ],
  ])(
    "is refused with %s, by the field's name and without the value",
    (_what, method, fields, words) => {
      const error = refusalOf(() => checkFields(method, fields, place));
      expect(error.code).toBe("invalid_input");
      expect(error.message).toContain(words);
      expect(error.message.startsWith(String(error.details?.["field"]))).toBe(true);
      for (const value of Object.values(fields))
        if (value.trim().length > 3) expect(error.message).not.toContain(value.trim());
    },
  );
});

function refusalOf(work: () => unknown): HubError {
  try {
    work();
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  throw new Error("It was taken.");
}

it("names what was typed, and not the token that came of it", () => {
  expect(typedNames(keyed, { privateKey: pem, accessToken: "t", expiresAt: "1" })).toEqual([
    "privateKey",
  ]);
  expect(typedNames(headers, { scope: "all", "x-a": "b" })).toEqual(["scope", "x-a"]);
  expect(typedNames(apiKey, { apiKey: "k_1", account: "" })).toEqual(["apiKey"]);
});

it("no connector asks for a field that a token goes by", () => {
  const taken = new Set<string>(tokenFields);
  const clashes = catalogue.flatMap(({ id, auth }) =>
    auth.flatMap(({ fields = [] }) =>
      fields.filter(({ name }) => taken.has(name)).map(({ name }) => `${id}: ${name}`),
    ),
  );
  expect(clashes).toEqual([]);
});
