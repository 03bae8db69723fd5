import { exportPKCS8, exportSPKI, generateKeyPair } from "jose";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../shared/catalogue/all";
import type { AuthMethod, Manifest } from "../../../shared/catalogue/manifest";
import { checkParams, findConnector, testVendor } from "../../connectors";
import { atVendor, type AtVendor } from "../../testing/at-vendor";
import { documented } from "../../testing/vendor/providers";
import {
  client,
  privateKey,
  publicKey,
  type Documented,
} from "../../testing/vendor/providers/documented";
import { checkFields } from "../auth/fields";
import { canRenew, obtainToken } from "../auth/obtain";
import { presentCredential } from "../auth/present";
import type { Obtained, SecretRecord, SignIn } from "../auth/types";
import { authorizeUrl } from "./authorize";
import { readCallback } from "./callback";
import { pollDevice, startDevice } from "./device";
import { discoverParams } from "./discover";
import { exchangeCode } from "./exchange";
import { revokeToken } from "./revoke";

const redirectUri = "https://hub.example.org/oauth/callback";
const app = { clientId: client.id, clientSecret: client.secret };
const state = "s".repeat(43);
const verifier = "v".repeat(43);
const nonce = "n".repeat(43);

/** What no local HTTP server can stand in for: databases, a bridge, MCP servers. */
const elsewhere = new Set<AuthMethod["kind"]>([
  "database",
  "client_certificate",
  "ssh_key",
  "mcp_oauth",
]);

let keys = { private: "", public: "" };
beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  keys = { private: await exportPKCS8(pair.privateKey), public: await exportSPKI(pair.publicKey) };
});

/** Ways that came through, for the table of what was tried: `.build/providers.md`. */
const passed: Documented[] = [];
afterAll(async () => {
  const body = tableOf(passed);
  await fetch(`${env.VENDOR_URL}/report/providers`, { method: "POST", body });
});

const withKeys = <Value>(value: Value): Value => {
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  // Key files hold the key as JSON within JSON.
  const told = JSON.stringify(value).replaceAll(publicKey, quoted(keys.public));
  return JSON.parse(told, (_, one: unknown) =>
    typeof one !== "string"
      ? one
      : one.startsWith("{")
        ? one.replaceAll(privateKey, quoted(keys.private))
        : one.replaceAll(privateKey, keys.private),
  ) as Value;
};

type Walk = {
  vendor: AtVendor;
  doc: Documented;
  manifest: Manifest;
  signIn: SignIn;
  record: SecretRecord;
};

async function begin(doc: Documented): Promise<Walk> {
  const manifest = findConnector(doc.connector, doc.method);
  const method = manifest?.auth.find(({ id }) => id === doc.method);
  if (!manifest || !method) throw new Error(`There is no ${doc.connector} by ${doc.method}.`);
  const usual =
    "scopes" in method ? method.scopes.filter((one) => one.required || one.default) : [];
  return {
    vendor: await atVendor(withKeys(doc.vendor)),
    doc,
    manifest,
    signIn: {
      connector: doc.connector,
      method,
      params: checkParams(manifest, doc.params ?? {}, "params"),
      scopes: doc.scopes ?? usual.map(({ scope }) => scope),
      state: null,
    },
    record: checkFields(method, withKeys(doc.fields ?? {}), "fields"),
  };
}

const requireOk = <Got extends { ok: boolean }>(got: Got): Extract<Got, { ok: true }> => {
  if (!got.ok) throw new Error(JSON.stringify(got));
  return got as Extract<Got, { ok: true }>;
};

/** As a person and the hub would: signed in, with everything known that a call needs. */
async function signIn(walk: Walk): Promise<Walk> {
  const { vendor, signIn, manifest, doc } = walk;
  const { method, params, scopes } = signIn;
  let found: Record<string, string> = {};
  let got: Obtained | undefined;
  if (method.kind === "oauth2_code") {
    const url = await authorizeUrl({
      method,
      params,
      client: app,
      scopes,
      redirectUri,
      state,
      verifier,
      nonce,
    });
    const { searchParams: query } = await vendor.visit(url);
    const back = { manifest, method, params, query, state, client: app };
    const { code, params: brought } = requireOk(await readCallback(back));
    found = brought;
    const known = { ...params, ...found };
    const told = { manifest, method, params: known, client: app, code, redirectUri };
    got = await exchangeCode(vendor.env, { ...told, verifier, nonce, fields: walk.record });
  } else if (method.kind === "oauth2_device") {
    const told = { manifest, method, params, client: app };
    const begun = requireOk(await startDevice(vendor.env, { ...told, scopes }));
    const { deviceCode } = begun;
    expect(await pollDevice(vendor.env, { ...told, deviceCode })).toMatchObject({
      status: "pending",
    });
    await vendor.decideDevice(begun.userCode, "grant");
    const polled = await pollDevice(vendor.env, { ...told, deviceCode });
    if (polled.status !== "done") throw new Error(JSON.stringify(polled));
    got = polled.obtained;
  } else if (canRenew(signIn, walk.record)) {
    got = await obtainToken(vendor.env, signIn, { record: walk.record, client: null });
  }
  const obtained = got && requireOk(got);
  const record = obtained?.record ?? walk.record;
  let known = { ...params, ...found, ...obtained?.params };
  const presented = await presentCredential({ ...signIn, params: known }, record);
  let discovered = await discoverParams(vendor.env, manifest, { params: known, presented });
  if ("choices" in discovered) {
    const { param, options } = discovered.choices;
    expect(options.map(({ value }) => value)).toContain(doc.choose);
    known = { ...known, [param]: doc.choose ?? "" };
    discovered = await discoverParams(vendor.env, manifest, { params: known, presented });
  }
  if (!("params" in discovered)) throw new Error("It is asked twice.");
  return { ...walk, record, signIn: { ...signIn, params: { ...known, ...discovered.params } } };
}

async function call({ vendor, manifest, signIn, record }: Walk) {
  const presented = await presentCredential(signIn, record);
  const { method, params } = signIn;
  return testVendor({ env: vendor.env }, { manifest, method, params, presented });
}

const complaints = async ({ vendor }: Walk) =>
  (await vendor.log()).flatMap(({ complaint, path }) =>
    complaint ? [`${path}: ${complaint}`] : [],
  );

describe("every vendor of the catalogue, as the vendor documents itself", () => {
  it.each(documented.map((doc) => [doc.connector, doc.method, doc] as const))(
    "signs in to %s by %s, calls it, renews and revokes",
    async (_connector, _method, doc) => {
      const begun = await begin(doc);
      const walk = await signIn(begun).catch(async (error: unknown) => {
        // What the vendor found wrong says more than what came of it.
        expect(await complaints(begun)).toEqual([]);
        throw error;
      });
      const { vendor, record } = walk;
      const { method, params } = walk.signIn;
      expect(params).toMatchObject(doc.account ?? {});
      expect(await call(walk).catch(() => complaints(walk))).toMatchObject({ ok: true });
      if (method.kind === "oauth2_device") expect(await complaints(walk)).toHaveLength(1);
      else expect(await complaints(walk)).toEqual([]);

      const minted = !["oauth2_code", "oauth2_device"].includes(method.kind);
      const gives = doc.vendor.token?.refreshTokens;
      const renews = canRenew(walk.signIn, record);
      if (doc.vendor.token || doc.vendor.login)
        expect(renews).toBe(minted || (gives ?? "always") !== "never");
      if (record["accessToken"] && !renews) await revoke(walk);
      if (record["accessToken"] && renews) {
        await vendor.expireTokens();
        const renewed = await renew(walk);
        const keeps = (doc.vendor.token?.rotation ?? "none") === "none";
        if (!minted) expect(renewed.record["refreshToken"] === record["refreshToken"]).toBe(keeps);
        await revoke(renewed);
      }
      passed.push(doc);
    },
  );

  it("leaves no way to sign in out", () => {
    const tried = new Set(documented.map(({ connector, method }) => `${connector} ${method}`));
    const untried = catalogue
      .filter(({ id }) => id !== "mcp")
      .flatMap(({ id, auth }) =>
        auth.filter(({ kind }) => !elsewhere.has(kind)).map((method) => `${id} ${method.id}`),
      )
      .filter((way) => !tried.has(way));
    expect(untried).toEqual([]);
  });
});

async function renew(walk: Walk): Promise<Walk> {
  const { vendor, signIn, record } = walk;
  if (signIn.method.kind !== "signed_jwt" || signIn.method.exchange)
    await expect(call(walk)).rejects.toMatchObject({ code: "upstream_unauthorized" });
  const before = (await complaints(walk)).length;
  const got = requireOk(await obtainToken(vendor.env, signIn, { record, client: app }));
  const renewed = { ...walk, record: got.record };
  expect(await call(renewed)).toMatchObject({ ok: true });
  expect((await complaints(walk)).slice(before)).toEqual([]);
  return renewed;
}

async function revoke(walk: Walk): Promise<void> {
  const { vendor, signIn, record, doc } = walk;
  if (!("revoke" in doc.vendor)) return;
  const before = (await complaints(walk)).length;
  const revoked = await revokeToken(vendor.env, signIn, { record, client: app });
  expect((await complaints(walk)).slice(before)).toEqual([]);
  expect(revoked).toEqual({ ok: true, revoked: doc.vendor.revoke !== null });
  if (doc.vendor.revoke === null) return;
  await expect(call(walk)).rejects.toMatchObject({ code: "upstream_unauthorized" });
}

function tableOf(passed: readonly Documented[]): string {
  const rows = new Map<string, Documented[]>();
  for (const doc of passed) rows.set(doc.connector, [...(rows.get(doc.connector) ?? []), doc]);
  return [
    "| vendor | ways to sign in | quirks played |",
    "| --- | --- | --- |",
    ...[...rows].map(([connector, docs]) => {
      const quirks = new Set(docs.flatMap(({ quirks }) => quirks));
      const ways = docs.map(({ method }) => method).join(", ");
      return `| ${connector} | ${ways} | ${[...quirks].join("; ")} |`;
    }),
    "",
  ].join("\n");
}
