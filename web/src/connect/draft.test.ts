import { describe, expect, it } from "vitest";
import { StartConnectFlow } from "../../../shared/contracts/connect-flows";
import {
  CreateConnection,
  UpdateConnection,
  type Connection,
} from "../../../shared/contracts/connections";
import type { Connector } from "../../../shared/contracts/connectors";
import { ApiError } from "../client";
import { newRow } from "../connections/header-rows";
import { askedParams, draftOf, faultsOf, freeName, isSound, startDraft } from "./draft";
import { refusedField } from "./refusals";
import { createBody, flowBody, updateBody } from "./requests";

const method = (id: string, more: Partial<Connector["methods"][number]> = {}) => ({
  id,
  kind: "api_key",
  label: id,
  description: null,
  flow: "form" as const,
  executedBy: "edge" as const,
  fields: [],
  scopes: [],
  app: null,
  ...more,
});
const scope = (name: string, required: boolean, preset: boolean) => ({
  scope: name,
  label: name,
  required,
  default: preset,
});
const shop: Connector = {
  id: "shop",
  name: "Shop",
  category: "e-commerce",
  description: "",
  websiteUrl: null,
  docsUrl: null,
  kinds: [],
  params: [
    {
      name: "shop",
      label: "Shop",
      source: "user",
      required: true,
      pattern: "[a-z-]+",
      example: "acme",
    },
    { name: "region", label: "Region", source: "user", required: false, methods: ["key"] },
    { name: "account", label: "Account", source: "token", required: true },
  ],
  methods: [
    method("certificate", { executedBy: "bridge" }),
    method("oauth", {
      flow: "consent",
      scopes: [scope("read", true, true), scope("write", false, true), scope("all", false, false)],
    }),
    method("key", {
      fields: [
        { name: "apiKey", label: "API key", input: "secret", required: true, pattern: "sk_[a-z]+" },
        {
          name: "kind",
          label: "Kind",
          input: "choice",
          required: false,
          choices: [{ value: "live", label: "Live" }],
        },
      ],
    }),
    method("headers", { kind: "headers" }),
  ],
};
const start = () => startDraft(shop, { name: "Shop", owner: "team" });
const withKey = (apiKey: string) => ({
  ...start(),
  method: "key",
  params: { shop: " acme ", region: "eu" },
  fields: { key: { apiKey, kind: "" } },
});

describe("a draft", () => {
  it("begins with the first way the hub itself can go, and with what is asked for unless told", () => {
    expect(start()).toMatchObject({ method: "oauth", scopes: { oauth: ["read", "write"] } });
  });

  it("asks only for what the vendor does not say itself, and what the way to sign in needs", () => {
    expect(askedParams(shop, "oauth").map(({ name }) => name)).toEqual(["shop"]);
    expect(askedParams(shop, "key").map(({ name }) => name)).toEqual(["shop", "region"]);
  });

  it.each([
    ["nothing", "", "Shop is missing."],
    ["what does not fit", "Acme!", "This does not look like Shop. It looks like acme."],
    ["a part that fits", "acme 2", "This does not look like Shop. It looks like acme."],
    ["what fits", " acme ", undefined],
  ])("says of %s in a parameter what is wrong", (_, typed, fault) => {
    expect(faultsOf(shop, { ...start(), params: { shop: typed } }).params["shop"]).toBe(fault);
  });

  it("leaves a secret's name in the place of a value to the hub", () => {
    expect(isSound(faultsOf(shop, withKey("{{secrets.SHOP_KEY}}")))).toBe(true);
    expect(isSound(faultsOf(shop, withKey("pk_other")))).toBe(false);
  });

  it("checks headers of one's own where that is the way", () => {
    const draft = { ...start(), method: "headers", params: { shop: "acme" } };
    expect(isSound(faultsOf(shop, draft))).toBe(false);
    const headers = [newRow("header", "X-Key", "1")];
    expect(isSound(faultsOf(shop, { ...draft, headers }))).toBe(true);
    expect(createBody(shop, { ...draft, headers }).auth).toEqual({
      method: "headers",
      fields: { "X-Key": "1" },
    });
  });

  it("of a connection that is there has all but what is sealed", () => {
    const connection = {
      name: "Ours",
      owner: { kind: "person", personId: "per_1" },
      params: { shop: "acme", account: "7" },
      auth: { method: "oauth", scopes: ["read"], missingScopes: ["all"] },
    } as unknown as Connection;
    const draft = draftOf(shop, connection);
    expect(draft).toMatchObject({ name: "Ours", owner: "person", method: "oauth" });
    expect(draft.params).toEqual({ shop: "acme", region: "" });
    expect(draft.scopes["oauth"]).toEqual(["read", "all"]);
  });
});

describe("what is sent", () => {
  it("is what the contract takes, with nothing that was left empty", () => {
    const body = createBody(shop, withKey("sk_a"));
    expect(CreateConnection.parse(body)).toMatchObject(body);
    expect(body.params).toEqual({ shop: "acme", region: "eu" });
    expect(body.auth).toEqual({ method: "key", fields: { apiKey: "sk_a" } });
    const change = updateBody(shop, withKey("sk_a"));
    expect(UpdateConnection.parse(change)).toEqual(change);
  });

  it("names no parameter of another way to sign in", () => {
    const body = flowBody(shop, { ...withKey(""), method: "oauth" });
    expect(StartConnectFlow.parse(body)).toMatchObject({ ...body, scopes: ["read", "write"] });
    expect(body.params).toEqual({ shop: "acme" });
  });

  it("has neither a name nor an owner where a connection is reconnected", () => {
    const body = flowBody(shop, start(), "con_1");
    expect(body).toMatchObject({ connectionId: "con_1" });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["name"]));
  });
});

it.each([
  [["Other"], "Shop"],
  [["Shop", "Shop 2"], "Shop 3"],
])("finds a free name beside %s", (taken, name) => expect(freeName("Shop", taken)).toBe(name));

it.each([
  ["body.auth.fields.apiKey", "fields", "apiKey"],
  ["body.fields.apiKey", "fields", "apiKey"],
  ["body.params.shop", "params", "shop"],
  ["name", "name", "name"],
  ["body.config.url", "url", "url"],
])("stands at the field a refusal of %s names", (field, group, name) => {
  const message = `${field}: is needed.`;
  const error = { code: "invalid_input", message, requestId: "r", details: { field } } as const;
  expect(refusedField(new ApiError(400, { error }))).toEqual({
    group,
    field: name,
    message: "It is needed.",
  });
});
