import { generateKeyPairSync } from "node:crypto";
import { importSPKI, jwtVerify, decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import { AuthMethod, type AuthMethodData } from "../../../shared/catalogue/manifest";
import { toHex, utf8 } from "../../platform/encoding";
import { maskFor } from "../masking";
import { presentCredential } from "./present";
import type { SignIn } from "./types";

const signInBy = (data: AuthMethodData, params: Record<string, string> = {}): SignIn => ({
  connector: "acme",
  method: AuthMethod.parse(data),
  params,
  scopes: ["read", "write"],
  state: null,
});
const field = (name: string, input: "secret" | "text" | "multiline" = "secret") => ({
  name,
  label: name,
  input,
});
const noOther = { query: {} };

describe("a credential goes into requests as", () => {
  it("several keys, in headers and in the address; an optional one left out adds nothing", async () => {
    const signIn = signInBy(
      {
        kind: "api_key",
        id: "keys",
        label: "Keys",
        fields: [field("appKey"), field("userKey"), { ...field("team"), required: false }],
        present: [
          { in: "header", name: "X-App", template: "{secret.appKey}" },
          { in: "header", name: "X-Team", template: "{secret.team}" },
          { in: "query", name: "key", template: "{secret.userKey}" },
        ],
      },
      {},
    );
    const presented = await presentCredential(signIn, { appKey: "a1", userKey: "u1", team: "" });
    expect(presented).toMatchObject({ headers: { "X-App": "a1" }, query: { key: "u1" } });
    expect(Object.keys(presented.headers)).toEqual(["X-App"]);
  });

  it("a bearer token, and a name and password in UTF-8", async () => {
    const bearer = signInBy({ kind: "bearer", id: "b", label: "B", fields: [field("pat")] });
    expect(await presentCredential(bearer, { pat: "t0k" })).toMatchObject({
      headers: { Authorization: "Bearer t0k" },
      ...noOther,
    });
    const basic = signInBy({
      kind: "basic",
      id: "b",
      label: "B",
      fields: [field("user", "text"), field("password")],
    });
    const { headers, secrets } = await presentCredential(basic, { user: "zoë", password: "p:ß" });
    const pair = Uint8Array.from(
      atob(headers["Authorization"]?.replace("Basic ", "") ?? ""),
      (char) => char.charCodeAt(0),
    );
    expect(new TextDecoder().decode(pair)).toBe("zoë:p:ß");
    expect(Object.values(secrets)).toContain(headers["Authorization"]);
  });

  it("headers of one's own, and nothing at all", async () => {
    const own = signInBy({ kind: "headers", id: "h", label: "H" });
    expect(await presentCredential(own, { "x-a": "1" })).toMatchObject({ headers: { "x-a": "1" } });
    const none = signInBy({ kind: "none", id: "n", label: "N" });
    expect(await presentCredential(none, {})).toMatchObject({ headers: {}, ...noOther });
  });

  it.each(["oauth2_client_credentials", "session", "mcp_oauth"] as const)(
    "the token in use of %s; without one it says what to do",
    async (kind) => {
      const more = {
        tokenUrl: "https://a.com/token",
        login: { url: "https://a.com/login" },
        tokenPointers: ["/token"],
        lifetimeSeconds: 60,
      };
      const wanted =
        kind === "session"
          ? { login: more.login, tokenPointers: more.tokenPointers, lifetimeSeconds: 60 }
          : kind === "mcp_oauth"
            ? {}
            : { tokenUrl: more.tokenUrl };
      const signIn = signInBy({ kind, id: "t", label: "T", ...wanted } as AuthMethodData);
      const { headers } = await presentCredential(signIn, { accessToken: "at_1" });
      expect(headers).toEqual({ Authorization: "Bearer at_1" });
      await expect(presentCredential(signIn, {})).rejects.toMatchObject({
        code: "connection_needs_auth",
      });
    },
  );

  it.each(["client_certificate", "ssh_key"] as const)(
    "nothing here for %s: that takes a bridge",
    async (kind) => {
      const signIn = signInBy({ kind, id: "b", label: "B" });
      await expect(presentCredential(signIn, {})).rejects.toMatchObject({
        code: "connection_needs_auth",
        message: expect.stringContaining("bridge"),
      });
    },
  );
});

describe("what comes back from a vendor", () => {
  it("holds no secret in any form it was sent in, and keeps the names people read", async () => {
    const signIn = signInBy({
      kind: "basic",
      id: "b",
      label: "B",
      fields: [field("email", "text"), field("token")],
    });
    const record = { email: "somebody.long@example.com", token: "tok/en+w1th=chars" };
    const { headers, secrets } = await presentCredential(signIn, record);
    const mask = maskFor(secrets);
    const said = mask(
      `somebody.long@example.com sent ${headers["Authorization"]} and ${record.token} and ${btoa(record.token)} and ${toHex(utf8(record.token))}`,
    );
    expect(said).toContain("somebody.long@example.com sent");
    expect(said).not.toContain(record.token);
    expect(said).not.toContain(headers["Authorization"]?.slice(6));
    expect(said).not.toContain(toHex(utf8(record.token)));
  });

  it("holds no key of the address either", async () => {
    const signIn = signInBy({
      kind: "api_key",
      id: "q",
      label: "Q",
      fields: [field("apiKey")],
      present: [{ in: "query", name: "k", template: "{secret.apiKey|base64}" }],
    });
    const { query, secrets } = await presentCredential(signIn, { apiKey: "key-4f9a81c2" });
    expect(maskFor(secrets)(`GET /?k=${query["k"]}`)).not.toContain(query["k"]);
  });
});

describe("a JWT the hub signs", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwt = signInBy(
    {
      kind: "signed_jwt",
      id: "jwt",
      label: "JWT",
      fields: [field("key", "multiline"), { ...field("person", "text"), required: false }],
      algorithms: ["RS256"],
      key: "{secret.key}",
      header: { kid: "key-1" },
      claims: {
        iss: "{account|upper}",
        sub: "{secret.person}",
        scope: "{scope}",
        print: "SHA256:{thumbprint}",
      },
      lifetimeSeconds: 600,
    },
    { account: "acme" },
  );
  const record = {
    key: rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    person: "",
  };
  const spki = rsa.publicKey.export({ type: "spki", format: "der" });
  const publicKey = () =>
    importSPKI(rsa.publicKey.export({ type: "spki", format: "pem" }).toString(), "RS256");

  it("verifies with the public key and says what the manifest declares", async () => {
    const { headers } = await presentCredential(jwt, record);
    const token = headers["Authorization"]?.replace("Bearer ", "") ?? "";
    const { payload } = await jwtVerify(token, await publicKey(), { algorithms: ["RS256"] });
    const print = toHex(await crypto.subtle.digest("SHA-256", Uint8Array.from(spki)));
    expect(payload).toEqual({
      iss: "ACME",
      scope: "read write",
      print: expect.stringMatching(/^SHA256:[\w-]{43}$/),
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
    });
    const told = String(payload["print"]).slice(7).replaceAll("-", "+").replaceAll("_", "/");
    expect(toHex(Uint8Array.from(atob(told), (char) => char.charCodeAt(0)))).toBe(print);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
    expect(Number(payload.iat)).toBeLessThanOrEqual(Date.now() / 1000);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "JWT", kid: "key-1" });
  });

  it("is not made with a key that is too short, and it says so", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    const key = short.export({ type: "pkcs8", format: "pem" }).toString();
    await expect(presentCredential(jwt, { key, person: "" })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("2048 bits"),
    });
  });

  it("is used until near its end, and then another", async () => {
    const kept = { ...record, accessToken: "kept", expiresAt: String(Date.now() + 300_000) };
    expect((await presentCredential(jwt, kept)).headers["Authorization"]).toBe("Bearer kept");
    const ending = { ...kept, expiresAt: String(Date.now() + 20_000) };
    expect((await presentCredential(jwt, ending)).headers["Authorization"]).toMatch(/^Bearer ey/);
  });
});

describe("a request signed for AWS", () => {
  const aws = signInBy(
    {
      kind: "aws_sigv4",
      id: "aws",
      label: "AWS",
      fields: [field("accessKeyId", "text"), field("secretAccessKey"), field("sessionToken")],
      region: "{region}",
      service: "{service}",
    },
    { region: "us-east-1", service: "service" },
  );
  const record = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    sessionToken: "",
  };
  const request = {
    url: "https://example.amazonaws.com/a b/%C3%BC?Param2=value2&Param1=value 1",
    method: "POST",
    headers: { accept: "application/json", "my-header": "  a   b " },
    body: '{"é":1}',
  };

  it("carries the signature that AWS's own recipe gives, body and all", async () => {
    const { sign, headers, secrets } = await presentCredential(aws, record);
    expect(headers).toEqual({});
    expect(Object.values(secrets)).toEqual([record.secretAccessKey]);
    const signed = (await sign?.(request)) ?? {};
    expect(Object.keys(signed).sort()).toEqual([
      "authorization",
      "x-amz-content-sha256",
      "x-amz-date",
    ]);
    expect(signed["authorization"]).toBe(await byHand(signed["x-amz-date"] ?? "", {}));
  });

  it("carries the session token of temporary keys, signed too", async () => {
    const { sign } = await presentCredential(aws, { ...record, sessionToken: "AQoDYXdz" });
    const signed = (await sign?.(request)) ?? {};
    expect(signed["x-amz-security-token"]).toBe("AQoDYXdz");
    expect(signed["authorization"]).toBe(
      await byHand(signed["x-amz-date"] ?? "", { "x-amz-security-token": "AQoDYXdz" }),
    );
  });

  /** Signature Version 4 as its documentation spells it out, for the request above. */
  async function byHand(date: string, more: Record<string, string>): Promise<string> {
    const hash = async (text: string) => toHex(await crypto.subtle.digest("SHA-256", utf8(text)));
    const hmac = async (key: Uint8Array<ArrayBuffer>, text: string) => {
      const usable = await crypto.subtle.importKey(
        "raw",
        key,
        { name: "HMAC", hash: "SHA-256" },
        false,
        ["sign"],
      );
      return new Uint8Array(await crypto.subtle.sign("HMAC", usable, utf8(text)));
    };
    const payload = await hash(request.body);
    const signedHeaders: Record<string, string> = {
      accept: "application/json",
      host: "example.amazonaws.com",
      "my-header": "a b",
      "x-amz-content-sha256": payload,
      "x-amz-date": date,
      ...more,
    };
    const names = Object.keys(signedHeaders).sort();
    const canonical = [
      "POST",
      "/a%2520b/%25C3%25BC",
      "Param1=value%201&Param2=value2",
      ...names.map((name) => `${name}:${signedHeaders[name]}`),
      "",
      names.join(";"),
      payload,
    ].join("\n");
    const day = date.slice(0, 8);
    const scope = `${day}/us-east-1/service/aws4_request`;
    let key = utf8(`AWS4${record.secretAccessKey}`);
    for (const part of [day, "us-east-1", "service", "aws4_request"]) key = await hmac(key, part);
    const toSign = ["AWS4-HMAC-SHA256", date, scope, await hash(canonical)].join("\n");
    return `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names.join(";")}, Signature=${toHex(await hmac(key, toSign))}`;
  }
});
