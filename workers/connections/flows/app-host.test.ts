import { expect, it } from "vitest";
import { createTeam, type TestTeam } from "../../testing/team";

const begun = { user_code: "ABCD", verification_uri: "https://gitlab.com/x", expires_in: 600 };

/** Begins to sign in at a GitLab, and says what was sent where. */
async function begin(who: TestTeam, host: string, settings: Record<string, string> = {}) {
  const sent: string[] = [];
  const fetch = async (url: string, { body }: { body: string }) => {
    sent.push(`${new URL(url).host} ${body}`);
    return Response.json({ device_code: "a-device-code", interval: 5, ...begun });
  };
  const answer = await who.ask("/api/v1/connect-flows", {
    body: {
      connector: "gitlab",
      method: "device",
      name: `Lab ${crypto.randomUUID()}`,
      owner: "person",
      params: { host },
    },
    env: { ...settings, NET: { fetch } as unknown as Fetcher },
  });
  return { answer, sent: sent.join("\n") };
}
const app = { clientId: "hub-client", clientSecret: "the-secret-of-the-app" };

it("sends the secret of the team's app to no host that a member names", async () => {
  const team = await createTeam();
  await team.ask("/api/v1/oauth-apps/gitlab", { method: "PUT", body: app });
  const member = await team.join("member");
  const refused = await begin(member, "git.evil.example");
  expect([refused.answer.status, refused.answer.body.error.code]).toEqual([403, "forbidden"]);
  expect(refused.sent).toBe("");
  expect((await begin(member, "gitlab.com")).answer.status).toBe(201);
  expect((await begin(team, "git.example.com")).sent).toContain(app.clientSecret);
});

it("sends the secret of the deployment's app to the vendor, or where its setting says", async () => {
  const team = await createTeam();
  const set = (more: object) => ({
    PLUGBOARD_OAUTH_APPS: JSON.stringify({ gitlab: { ...app, ...more } }),
  });
  expect((await begin(team, "gitlab.com", set({}))).answer.status).toBe(201);
  const refused = await begin(team, "git.example.com", set({}));
  expect([refused.answer.status, refused.answer.body.error.details.field]).toEqual([
    400,
    "body.params.host",
  ]);
  expect(refused.sent).toBe("");
  const host = "git.example.com";
  expect((await begin(team, host, set({ host }))).answer.status).toBe(201);
});
