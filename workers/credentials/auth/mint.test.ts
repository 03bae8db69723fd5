import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AuthMethod, type AuthMethodData } from "../../../shared/catalogue/manifest";
import { atVendor } from "../../testing/at-vendor";
import type { PartialQuirks } from "../../testing/vendor/quirks";
import { logOut } from "./log-in";
import { mintToken } from "./mint";
import type { SecretRecord, SignIn } from "./types";

const host = "https://auth.example.com";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();
const field = (name: string) => ({ name, label: name });

const by = (data: AuthMethodData, params: Record<string, string> = {}): SignIn => ({
  connector: "acme",
  method: AuthMethod.parse(data),
  params,
  scopes: ["read", "write"],
  state: null,
});
async function mint(quirks: PartialQuirks, signIn: SignIn, record: SecretRecord) {
  const vendor = await atVendor(quirks);
  const obtained = await mintToken(vendor.env, signIn, record);
  const log = await vendor.log();
  const complaints = log.map(({ complaint }) => complaint).filter((one) => one !== null);
  return { vendor, obtained, log, complaints };
}

const client = {
  kind: "oauth2_client_credentials",
  id: "client",
  label: "Client",
  fields: [field("clientId"), field("clientSecret")],
  tokenUrl: `${host}/token`,
} satisfies AuthMethodData;
const login = { clientId: "hub-client", clientSecret: "hub-secret" };

describe("client credentials", () => {
  it.each(["basic", "post"] as const)(
    "sent as %s get a token, its end and its scopes",
    async (clientAuth) => {
      const { obtained, complaints, log } = await mint(
        { token: { clientAuth, params: { scope: "read,write", audience: "api" } } },
        by({ ...client, clientAuth, scopeSeparator: ",", tokenParams: { audience: "api" } }),
        login,
      );
      expect(complaints).toEqual([]);
      expect(obtained).toMatchObject({
        ok: true,
        record: { ...login, accessToken: expect.any(String), expiresAt: expect.any(String) },
        expiresAt: expect.any(Number),
      });
      expect(log).toHaveLength(1);
    },
  );

  it("that are wrong say so, and quote nothing", async () => {
    const { obtained } = await mint({ token: { clientAuth: "post" } }, by(client), {
      ...login,
      clientSecret: "wr0ng-secret",
    });
    expect(obtained).toMatchObject({ ok: false, failure: { kind: "misconfigured" } });
    expect(JSON.stringify(obtained)).not.toContain("wr0ng-secret");
  });

  it("at a vendor that is down may work later", async () => {
    const { obtained } = await mint({ misbehave: { token: { how: "503" } } }, by(client), login);
    expect(obtained).toMatchObject({ ok: false, failure: { kind: "transient" } });
  });
});

describe("a signed JWT", () => {
  const keyed = {
    kind: "signed_jwt",
    id: "robot",
    label: "Robot",
    fields: [{ name: "keyFile", label: "Key file", input: "multiline" }],
    algorithms: ["RS256"],
    key: "{secret.keyFile|json:private_key}",
    claims: { iss: "{secret.keyFile|json:client_email}", aud: `${host}/token`, scope: "{scope}" },
    sendScope: false,
  } satisfies AuthMethodData;
  const keyFile = JSON.stringify({ private_key: pem, client_email: "robot@acme.com" });
  const jwt = {
    key: publicPem,
    algorithm: "RS256",
    claims: { iss: "robot@acme.com", aud: `${host}/token`, scope: "read write" },
  };

  it("of a Google service account is traded for a token", async () => {
    const { obtained, complaints } = await mint(
      { jwt: { ...jwt, in: "assertion" } },
      by({
        ...keyed,
        exchange: { tokenUrl: `${host}/token`, assertionParam: "assertion", clientAuth: "none" },
      }),
      { keyFile },
    );
    expect(complaints).toEqual([]);
    expect(obtained).toMatchObject({ ok: true, record: { keyFile } });
  });

  it("of a GitHub App is shown as a bearer, at an address made of a parameter", async () => {
    const { obtained, complaints, log } = await mint(
      {
        jwt: { ...jwt, in: "bearer" },
        token: { at: "/installations/42/tokens", body: "json", tokenAt: "/token" },
      },
      by(
        {
          ...keyed,
          exchange: {
            tokenUrl: `${host}/installations/{installation}/tokens`,
            clientAuth: "none",
            tokenBody: "json",
            tokenPointers: ["/token"],
          },
        },
        { installation: "42" },
      ),
      { keyFile },
    );
    expect(complaints).toEqual([]);
    expect(log.map(({ path }) => path)).toEqual(["/installations/42/tokens"]);
    expect(obtained).toMatchObject({ ok: true, record: { accessToken: expect.any(String) } });
  });

  it("that is traded for nothing is the token, and asks nobody", async () => {
    const { obtained, log } = await mint({}, by(keyed), { keyFile });
    expect(log).toEqual([]);
    expect(obtained).toMatchObject({
      ok: true,
      record: { keyFile, accessToken: expect.stringMatching(/^ey/) },
      expiresAt: expect.any(Number),
    });
  });

  it("that another key signed is refused as what it is: a key nobody knows", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { obtained } = await mint(
      {
        jwt: {
          ...jwt,
          key: other.publicKey.export({ type: "spki", format: "pem" }).toString(),
          in: "assertion",
        },
      },
      by({ ...keyed, exchange: { tokenUrl: `${host}/token`, assertionParam: "assertion" } }),
      { keyFile },
    );
    expect(obtained).toMatchObject({
      ok: false,
      failure: { kind: "revoked", message: expect.stringContaining("does not accept the key") },
    });
  });

  it("with a key that is none fails before anybody is asked", async () => {
    const broken = { keyFile: JSON.stringify({ private_key: "x", client_email: "y" }) };
    const { obtained, log } = await mint({}, by(keyed), broken);
    expect(log).toEqual([]);
    expect(obtained).toMatchObject({
      ok: false,
      failure: { kind: "misconfigured", message: expect.stringContaining("private key") },
    });
  });
});

describe("a login", () => {
  const session = {
    kind: "session",
    id: "pat",
    label: "Token",
    fields: [field("name"), field("secret")],
    login: {
      method: "POST",
      url: `${host}/login`,
      headers: { "X-Client": "plugboard" },
      body: { credentials: { name: "{secret.name}", secret: "{secret.secret}" } },
    },
    tokenPointers: ["/credentials/token"],
    lifetimeSeconds: 7200,
    logout: { method: "POST", url: `${host}/logout`, headers: { "X-Auth": "{token}" } },
  } satisfies AuthMethodData;
  const typed = { name: "hub", secret: "s3cr3t-of-mine" };
  const quirks = {
    login: {
      body: { credentials: typed },
      headers: { "x-client": "plugboard" },
      tokenAt: "/credentials/token",
      answer: { credentials: { site: "s-1" } },
    },
  };

  it("gives a token for as long as the manifest says", async () => {
    const { obtained, complaints } = await mint(quirks, by(session), typed);
    expect(complaints).toEqual([]);
    expect(obtained).toMatchObject({ ok: true, record: { ...typed } });
    const left = obtained.ok ? (obtained.expiresAt ?? 0) - Date.now() : 0;
    expect(left).toBeGreaterThan(7_100_000);
    expect(left).toBeLessThanOrEqual(7_200_000);
  });

  it.each([
    ["that is wrong", {}, { ...typed, secret: "wr0ng" }, "revoked"],
    ["at a vendor that is down", { misbehave: { login: { how: "500" } } }, typed, "transient"],
    ["answered with a page", { misbehave: { login: { how: "html" } } }, typed, "transient"],
    ["answered without a token", { misbehave: { login: { how: "no-token" } } }, typed, "transient"],
    [
      "sent elsewhere",
      { misbehave: { login: { how: "redirect-private" } } },
      typed,
      "misconfigured",
    ],
    ["that nobody answers", { misbehave: { login: { how: "lost" } } }, typed, "transient"],
  ] as const)(
    "%s is a failure of its kind, without the secret",
    async (_what, more, record, kind) => {
      const { obtained } = await mint({ ...quirks, ...more }, by(session), record);
      expect(obtained).toMatchObject({ ok: false, failure: { kind } });
      expect(JSON.stringify(obtained)).not.toContain(record.secret);
    },
  );

  it("ends where the vendor has a way to", async () => {
    const vendor = await atVendor({
      api: { headers: {}, routes: [{ method: "POST", at: "/logout", answer: {} }] },
    });
    const signIn = { ...by(session), method: AuthMethod.parse(session) as never };
    expect(await logOut(vendor.env, signIn, { accessToken: "at_1" })).toBe(true);
    expect((await vendor.log()).map(({ path, headers }) => [path, headers["x-auth"]])).toEqual([
      ["/logout", "at_1"],
    ]);
    await vendor.change({ misbehave: { api: { how: "500" } } });
    expect(await logOut(vendor.env, signIn, { accessToken: "at_1" })).toBe(false);
  });
});
