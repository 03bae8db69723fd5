import { generateKeyPairSync } from "node:crypto";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { AuthMethod } from "../../../shared/catalogue/manifest";
import { mintToken } from "../auth/mint";
import type { SignIn } from "../auth/types";

const pem = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const signIn = (scopes: string[]): SignIn => ({
  connector: "acme",
  method: AuthMethod.parse({
    kind: "signed_jwt",
    id: "robot",
    label: "Robot",
    fields: [{ name: "privateKey", label: "Key", input: "multiline" }],
    algorithms: ["ES256"],
    key: "{secret.privateKey}",
    claims: { iss: "robot", scope: "{scope}" },
    scopes: [{ scope: "{site}/.default", label: "All" }],
    exchange: { tokenUrl: "https://auth.example.com/token", assertionParam: "assertion" },
  }),
  params: { site: "https://acme.example.com" },
  scopes,
  state: null,
});

/** Everything a vendor got for a token, the JWT's claims readable; `scope` is what it says it granted. */
async function asked(scopes: string[]) {
  const got: string[] = [];
  const fetch = async (_url: string, { body }: { body: string }) => {
    const form = new URLSearchParams(body);
    got.push(form.get("scope") ?? "", atob(form.get("assertion")?.split(".")[1] ?? ""));
    return Response.json({ access_token: "t0ken", scope: "{secret.privateKey} {unknown}" });
  };
  const at = { ...env, NET: { fetch } } as unknown as Env;
  const obtained = await mintToken(at, signIn(scopes), { privateKey: pem });
  return { got: got.join("\n"), obtained };
}

it("fills a scope that the connector declares", async () => {
  expect((await asked(["{site}/.default"])).got).toContain("https://acme.example.com/.default");
});

it("takes a scope that a vendor granted for what it is: it names no secret", async () => {
  const { obtained } = await asked([]);
  if (!obtained.ok || !obtained.scopes) throw new Error("There is no token.");
  const again = await asked(obtained.scopes);
  expect(again.obtained.ok).toBe(true);
  expect(again.got).toContain("{secret.privateKey}");
  expect(again.got).not.toContain("PRIVATE KEY");
});
