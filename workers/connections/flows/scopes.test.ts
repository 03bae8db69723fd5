import { describe, expect, it } from "vitest";
import { OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { lacksRequired, scopesMissing, scopesToAsk } from "./scopes";

const method = OAuthCodeMethod.parse({
  kind: "oauth2_code",
  id: "oauth",
  label: "Sign in",
  authorizeUrl: "https://a.example.com/authorize",
  tokenUrl: "https://a.example.com/token",
  app: { where: { text: "There" } },
  scopes: [
    { scope: "read", label: "Read", required: true },
    { scope: "write", label: "Write" },
    { scope: "admin", label: "Everything", default: false },
    { scope: "as-me", label: "As you", param: "user_scope" },
  ],
});

describe("the scopes asked for", () => {
  it("are the defaults, or those that were named, and always the required ones", () => {
    expect(scopesToAsk(method, undefined)).toEqual(["read", "write", "as-me"]);
    expect(scopesToAsk(method, ["admin"])).toEqual(["read", "admin"]);
    expect(scopesToAsk(method, [])).toEqual(["read"]);
    expect(scopesToAsk(method, ["read", "read"])).toEqual(["read"]);
  });
});

describe("the scopes a vendor did not grant", () => {
  it.each([
    ["nothing, where it does not say", ["read", "write"], null, []],
    ["nothing, where it says an empty list", ["read"], [], []],
    ["what is not among them", ["read", "write"], ["read"], ["write"]],
    ["nothing, in another case", ["User.Read"], ["user.read"], []],
    [
      "nothing, with the API's address before it",
      ["User.Read"],
      ["https://graph.microsoft.com/User.Read"],
      [],
    ],
    [
      "nothing, with the address asked for and left out",
      ["https://graph.microsoft.com/Mail.Send"],
      ["Mail.Send"],
      [],
    ],
    ["nothing of OpenID Connect", ["openid", "email", "offline_access"], ["User.Read"], []],
    ["nothing that a wider one covers", ["read_orders"], ["write_orders"], []],
    ["nothing below a granted one", ["repo:status"], ["repo"], []],
    ["what only begins like a granted one", ["repository"], ["repo"], ["repository"]],
    ["the wider of two", ["write_orders"], ["read_orders"], ["write_orders"]],
    ["nothing of another parameter", ["as-me"], ["read"], []],
    ["nothing of what the app was given", ["{base}/.default"], ["https://x/user_imp"], []],
  ])("are %s", (_, asked, granted, missing) => {
    const params = { base: "https://x.example.com" };
    expect(scopesMissing({ method, params }, asked, granted)).toEqual(missing);
  });

  it("end the sign-in only where the connector needs them", () => {
    expect(lacksRequired(method, ["write"])).toBe(false);
    expect(lacksRequired(method, ["write", "read"])).toBe(true);
  });
});
