import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createAuthenticator } from "../../testing/authenticator";
import { createVisitor, signUp, type Visitor } from "../../testing/visitor";

let ada: Awaited<ReturnType<typeof signUp>>;
let authenticator: Awaited<ReturnType<typeof createAuthenticator>>;
beforeEach(async () => {
  ada = await signUp();
  authenticator = await createAuthenticator("http://127.0.0.1");
});

const begin = async (visitor: Visitor, what: "register" | "authenticate") =>
  (await visitor.ask(`/api/auth/passkey/generate-${what}-options`)).body;
async function add(name = "Laptop") {
  const response = authenticator.register(await begin(ada, "register"));
  return ada.ask("/api/auth/passkey/verify-registration", { body: { response, name } });
}
const enter = (visitor: Visitor, response: object) =>
  visitor.ask("/api/auth/passkey/verify-authentication", { body: { response } });
const account = (visitor: Visitor) => visitor.ask("/api/v1/account");

describe("a passkey", () => {
  it("is added, signs in as two factors at once, and tells nothing secret", async () => {
    const options = await begin(ada, "register");
    expect(options.authenticatorSelection).toMatchObject({ userVerification: "required" });
    const added = await add();
    expect(added.body).toEqual({
      id: expect.stringMatching(/^pas_/),
      name: "Laptop",
      createdAt: expect.any(Number),
      deviceType: "singleDevice",
      backedUp: false,
    });
    const visitor = createVisitor();
    const done = await enter(
      visitor,
      await authenticator.sign(await begin(visitor, "authenticate")),
    );
    expect(done).toMatchObject({ status: 200, body: { user: { email: ada.email } } });
    const token = (visitor.cookies.get("__Host-plugboard") ?? "").split(".")[0];
    expect(done.text).not.toContain(token);
    const { body } = await account(visitor);
    expect(body.person.id).toBe(ada.personId);
    expect(Date.now() - body.session.secondFactorAt).toBeLessThan(60_000);
    const list = await ada.ask("/api/auth/passkey/list-user-passkeys");
    expect(list.body).toEqual([added.body]);
  });

  it("signs in no second time with the same answer", async () => {
    await add();
    const visitor = createVisitor();
    const response = await authenticator.sign(await begin(visitor, "authenticate"));
    const cookies = new Map(visitor.cookies);
    const replay = createVisitor();
    for (const [name, value] of cookies) replay.cookies.set(name, value);
    expect((await enter(visitor, response)).status).toBe(200);
    expect((await enter(replay, response)).status).toBe(401);
    expect((await account(replay)).status).toBe(401);
  });

  it.each([
    ["that did not check whose it is", { userVerified: false }],
    ["of another site", { signedAt: "http://evil.example" }],
    ["with another's challenge", { otherChallenge: true }],
    ["nobody registered", { register: false }],
  ])("%s is refused", async (_, wrong: Record<string, unknown>) => {
    if (wrong["register"] !== false) await add();
    authenticator.userVerified = wrong["userVerified"] !== false;
    const visitor = createVisitor();
    const options = await begin(visitor, "authenticate");
    const challenge = wrong["otherChallenge"]
      ? await begin(createVisitor(), "authenticate")
      : options;
    const signed = await authenticator.sign(challenge, wrong["signedAt"] as string | undefined);
    const refused = await enter(visitor, signed);
    expect([refused.status, refused.body.error.code]).toEqual([401, "unauthorized"]);
    expect((await account(visitor)).status).toBe(401);
  });

  it("that does not check whose it is, cannot be added", async () => {
    authenticator.userVerified = false;
    expect((await add()).status).toBe(403);
    expect((await ada.ask("/api/auth/passkey/list-user-passkeys")).body).toEqual([]);
  });

  it("is renamed and removed by its person; somebody else's answers as one nobody has", async () => {
    const { body: passkey } = await add();
    const eve = await signUp();
    const told = async (path: string, more: object) => {
      const answers = [];
      for (const id of [passkey.id, "pas_nobody"]) {
        const { status, body } = await eve.ask(path, { body: { id, ...more } });
        answers.push([status, body.error.code, body.error.message]);
      }
      expect(answers[0]).toEqual(answers[1]);
      return answers[0]?.[0];
    };
    expect(await told("/api/auth/passkey/delete-passkey", {})).toBe(404);
    expect(await told("/api/auth/passkey/update-passkey", { name: "Mine" })).toBe(404);
    const renamed = await ada.ask("/api/auth/passkey/update-passkey", {
      body: { id: passkey.id, name: "Desk" },
    });
    expect(renamed.body.name).toBe("Desk");
    const removed = await ada.ask("/api/auth/passkey/delete-passkey", { body: { id: passkey.id } });
    expect(removed.status).toBe(200);
    expect(
      await env.DB.prepare("SELECT count(*) n FROM passkeys WHERE id = ?")
        .bind(passkey.id)
        .first("n"),
    ).toBe(0);
  });
});
