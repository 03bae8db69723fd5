import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { askHub, connectServer, createTeam, signIn, type TestTeam } from "../../testing/team";
import {
  authorizeQuery,
  boundTo,
  connectedClient,
  consent,
  decide,
  letIn,
  origin,
  postForm,
  redeem,
  redirectUri,
  refresh,
  register,
  resource,
  speak,
  verifier,
} from "../../testing/oauth-client";

let team: TestTeam;
let connectionId: string;
beforeAll(async () => {
  team = await createTeam();
  connectionId = (await connectServer(team)).body.id;
});

const echo = { name: "fixture__echo", arguments: { message: "hi" } };
const entries = async (action: string, subject?: string) =>
  (
    await env.DB.prepare("SELECT * FROM audit_entries WHERE action = ? AND subject_id = ?")
      .bind(action, subject ?? "")
      .all()
  ).results;
const grantsOf = async (who: TestTeam) => (await who.ask("/api/v1/client-grants")).body.items;

describe("what a client finds out", () => {
  it("is where to sign in, from the 401 on", async () => {
    const refused = await askHub("/mcp", { method: "POST" });
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get("www-authenticate") ?? "";
    expect(challenge).toContain('scope="tools.read tools.call"');
    expect(challenge).not.toContain("error=");
    const [, url = ""] = /resource_metadata="([^"]+)"/.exec(challenge) ?? [];
    const about = await askHub(new URL(url).pathname);
    expect(about.body).toMatchObject({ resource, authorization_servers: [origin] });
    const server = await askHub("/.well-known/oauth-authorization-server");
    expect(server.body).toMatchObject({
      issuer: origin,
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      registration_endpoint: `${origin}/oauth/register`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      scopes_supported: ["tools.read", "tools.call"],
    });
  });

  it("says that a token was wrong, whatever it was", async () => {
    for (const token of [
      "x",
      "pb_x",
      "eyJ.x.y",
      "a:b:c",
      `per_${"0".repeat(26)}:${"a".repeat(16)}:${"b".repeat(32)}`,
    ]) {
      const refused = await speak(token);
      expect(refused.status).toBe(401);
      expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
    }
  });

  it("is the same of every name a connection could have", async () => {
    const about = async (slug: string) =>
      (await askHub(`/.well-known/oauth-protected-resource/mcp/c/${slug}`)).text.replaceAll(
        slug,
        "…",
      );
    expect(await about("fixture")).toBe(await about("nobody"));
    const challenge = async (slug: string) =>
      (await askHub(`/mcp/c/${slug}`, { method: "POST" })).headers
        .get("www-authenticate")
        ?.replaceAll(slug, "…");
    expect(await challenge("fixture")).toBe(await challenge("nobody"));
    for (const path of ["/mcp/c/Fixture", "/mcp/c/a_b", "/mcp/t/x", "/api", "/mcp/c/a/b"])
      expect((await askHub(`/.well-known/oauth-protected-resource${path}`)).status).toBe(404);
  });
});

describe("a client that is let in", () => {
  it("calls tools as its person, and is in the list and the audit log", async () => {
    const { tokens } = await connectedClient(team);
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, resource });
    expect((await speak(tokens.access_token)).body.result.tools.length).toBeGreaterThan(10);
    const called = await speak(tokens.access_token, "tools/call", echo);
    expect(called.body.result.content).toEqual([{ type: "text", text: "Echo: hi" }]);
    const [grant] = await grantsOf(team);
    expect(grant).toMatchObject({
      client: { name: "Test client", redirectHost: "127.0.0.1" },
      person: { id: team.personId },
      resource,
      scopes: ["tools.read", "tools.call"],
      connections: null,
      you: true,
    });
    const [entry] = await entries("client.consent", grant.id);
    expect(entry).toMatchObject({ actor_kind: "user", person_id: team.personId, team_id: team.id });
    expect(JSON.stringify(entry)).not.toContain(tokens.access_token.split(":")[2]);
  });

  it("answers with the issuer and the state as it was sent", async () => {
    const { body } = await register();
    const state = "a b&c=d\"<'\u00e9";
    const back = await letIn(team, body.client_id, { query: { state } });
    expect(back.get("iss")).toBe(origin);
    expect(back.get("state")).toBe(state);
  });

  it("is shown with when and where it was used last", async () => {
    const { clientId, tokens } = await connectedClient(team);
    const mine = async () =>
      (await grantsOf(team)).find((one: { client: { id: string } }) => one.client.id === clientId);
    expect((await mine()).lastSeen).toBeNull();
    await speak(tokens.access_token);
    await expect.poll(async () => (await mine()).lastSeen?.at).toEqual(expect.any(Number));
  });

  it("is nobody's to see or to end but its person's and who manages clients", async () => {
    const member = await team.join("member");
    await connectedClient(member);
    const [grant] = await grantsOf(member);
    const colleague = await team.join("member");
    expect(await grantsOf(colleague)).toEqual([]);
    const path = `/api/v1/client-grants/${grant.id}`;
    for (const who of [colleague, await createTeam()])
      expect((await who.ask(path, { method: "DELETE" })).status).toBe(404);
    expect((await grantsOf(team)).map(({ id }: { id: string }) => id)).toContain(grant.id);
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
    expect(await grantsOf(member)).toEqual([]);
  });

  it("is cut off at once, whatever it asks next", async () => {
    const { clientId, tokens } = await connectedClient(team);
    expect((await speak(tokens.access_token)).status).toBe(200);
    const grant = (await grantsOf(team)).find(
      (one: { client: { id: string } }) => one.client.id === clientId,
    );
    expect((await team.ask(`/api/v1/client-grants/${grant.id}`, { method: "DELETE" })).status).toBe(
      204,
    );
    expect((await speak(tokens.access_token)).status).toBe(401);
    expect((await speak(tokens.access_token, "tools/call", echo)).status).toBe(401);
    expect((await refresh(clientId, tokens.refresh_token)).body.error).toBe("invalid_grant");
    expect(await entries("client.revoke", grant.id)).toHaveLength(1);
    expect((await team.ask(`/api/v1/client-grants/${grant.id}`, { method: "DELETE" })).status).toBe(
      404,
    );
  });

  it("ends with its person's membership, and has no more than their role", async () => {
    const member = await team.join("member");
    const { tokens, clientId } = await connectedClient(member);
    expect((await speak(tokens.access_token, "tools/call", echo)).status).toBe(200);
    await env.DB.prepare("UPDATE members SET role = 'viewer' WHERE person_id = ?")
      .bind(member.personId)
      .run();
    await env.TEAM_GATE.getByName(team.id).bump();
    const refused = await speak(tokens.access_token, "tools/call", echo);
    expect(refused.status).toBe(403);
    // Asking the person once more would give the client nothing.
    expect(refused.headers.has("www-authenticate")).toBe(false);
    expect((await speak(tokens.access_token)).status).toBe(200);
    await env.DB.prepare("DELETE FROM members WHERE person_id = ?").bind(member.personId).run();
    await env.TEAM_GATE.getByName(team.id).bump();
    expect((await speak(tokens.access_token)).status).toBe(401);
    expect((await refresh(clientId, tokens.refresh_token)).body.error).toBe("invalid_grant");
  });

  it("sees the connections it was given and no other", async () => {
    const other = (await connectServer(team, { name: "Other" })).body.id;
    const { tokens } = await connectedClient(team, { decision: { connections: [connectionId] } });
    const { tools } = (await speak(tokens.access_token)).body.result;
    expect(tools.every(({ name }: { name: string }) => name.startsWith("fixture__"))).toBe(true);
    const foreign = await speak(tokens.access_token, "tools/call", {
      ...echo,
      name: "other__echo",
    });
    expect(foreign.body.error).toMatchObject({ data: { code: "not_found" } });
    await team.ask(`/api/v1/connections/${other}`, { method: "DELETE" });
  });

  it("steps up: one challenge names all it needs, and a new consent takes the old one's place", async () => {
    const page = await signIn(team);
    const { body } = await register();
    const first = await letIn(team, body.client_id, {
      page,
      query: { scope: "tools.read" },
      decision: { scopes: ["tools.read"] },
    });
    const narrow = (await redeem(body.client_id, first.get("code") ?? "")).body;
    expect(narrow.scope).toBe("tools.read");
    const refused = await speak(narrow.access_token, "tools/call", echo);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("www-authenticate")).toContain(
      'error="insufficient_scope", scope="tools.read tools.call"',
    );
    const asked = await consent(
      page,
      await authorizeQuery(body.client_id, { scope: "tools.call" }),
    );
    expect(asked.body.scopes).toEqual([
      { name: "tools.read", needed: true, granted: true },
      { name: "tools.call", needed: false, granted: false },
    ]);
    const again = await letIn(team, body.client_id, { page, query: { scope: "tools.call" } });
    const wide = (await redeem(body.client_id, again.get("code") ?? "")).body;
    expect((await speak(wide.access_token, "tools/call", echo)).status).toBe(200);
    expect((await speak(narrow.access_token)).status).toBe(401);
    const mine = (await grantsOf(team)).filter(
      (one: { client: { id: string } }) => one.client.id === body.client_id,
    );
    expect(mine).toHaveLength(1);
  });

  it("is let in to one connection's endpoint alone where it asked for that", async () => {
    const at = `${resource}/c/fixture`;
    const { body } = await register();
    const back = await letIn(team, body.client_id, { query: { resource: at } });
    const { access_token: token } = (await redeem(body.client_id, back.get("code") ?? "")).body;
    expect((await speak(token, "tools/list", {}, "/mcp/c/fixture")).status).toBe(200);
    for (const path of ["/mcp", "/mcp/c/other", "/mcp/c/nobody", `/mcp/c/${connectionId}`])
      expect((await speak(token, "tools/list", {}, path)).status).toBe(401);
    expect(
      (await askHub("/api/v1/me", { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
  });
});

describe("a refresh token", () => {
  it("rotates; the one before is good until its successor is used", async () => {
    const { clientId, tokens } = await connectedClient(team);
    const second = (await refresh(clientId, tokens.refresh_token)).body;
    const retried = (await refresh(clientId, tokens.refresh_token)).body;
    expect((await speak(second.access_token)).status).toBe(200);
    expect((await speak(retried.access_token)).status).toBe(200);
    expect((await refresh(clientId, retried.refresh_token)).status).toBe(200);
  });

  it("that is used again after its successor ends the grant as stolen", async () => {
    const { clientId, tokens } = await connectedClient(team);
    const second = (await refresh(clientId, tokens.refresh_token)).body;
    const third = (await refresh(clientId, second.refresh_token)).body;
    expect((await speak(third.access_token)).status).toBe(200);
    expect((await refresh(clientId, tokens.refresh_token)).body.error).toBe("invalid_grant");
    expect((await speak(third.access_token)).status).toBe(401);
    expect((await refresh(clientId, third.refresh_token)).body.error).toBe("invalid_grant");
  });

  it("that nobody was given ends nothing, though it names a grant", async () => {
    const { clientId, tokens } = await connectedClient(team);
    const [person, grant] = tokens.refresh_token.split(":");
    const forged = `${person}:${grant}:${"a".repeat(32)}`;
    for (let tries = 0; tries < 3; tries++) {
      expect((await refresh(clientId, forged)).body.error).toBe("invalid_grant");
      expect((await redeem(clientId, forged)).body.error).toBe("invalid_grant");
    }
    await Promise.all(Array.from({ length: 5 }, () => redeem(clientId, forged)));
    expect((await speak(tokens.access_token)).status).toBe(200);
  });

  it("of another client is refused", async () => {
    const { tokens } = await connectedClient(team);
    const other = (await register()).body.client_id;
    expect((await refresh(other, tokens.refresh_token)).body.error).toBe("invalid_grant");
    expect((await speak(tokens.access_token)).status).toBe(200);
  });
});

describe("handing a token back", () => {
  it.each(["access_token", "refresh_token"] as const)("ends the grant (%s)", async (kind) => {
    const { clientId, tokens } = await connectedClient(team);
    expect((await speak(tokens.access_token)).status).toBe(200);
    const answer = await postForm("/oauth/revoke", { client_id: clientId, token: tokens[kind] });
    expect(answer.status).toBe(200);
    expect((await speak(tokens.access_token)).status).toBe(401);
    expect((await refresh(clientId, tokens.refresh_token)).body.error).toBe("invalid_grant");
  });

  it("does nothing for another client, and answers the same", async () => {
    const { tokens } = await connectedClient(team);
    const other = (await register()).body.client_id;
    for (const token of [tokens.access_token, tokens.refresh_token, "x", "a:b:c"])
      expect((await postForm("/oauth/revoke", { client_id: other, token })).status).toBe(200);
    expect((await speak(tokens.access_token)).status).toBe(200);
  });
});

describe("a code", () => {
  it("is good once, though twenty come with it, and then ends what it opened", async () => {
    const { body } = await register();
    const code = (await letIn(team, body.client_id)).get("code") ?? "";
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem(body.client_id, code)),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const { body: told, status } of answers.filter((one) => one.status !== 200)) {
      expect(status).toBe(400);
      expect(told.error).toBe("invalid_grant");
    }
    for (const { body: tokens } of won) expect((await speak(tokens.access_token)).status).toBe(401);
  });

  it("that comes again ends the tokens it gave", async () => {
    const { clientId, code, tokens } = await connectedClient(team);
    expect((await speak(tokens.access_token)).status).toBe(200);
    expect((await redeem(clientId, code)).body.error).toBe("invalid_grant");
    expect((await speak(tokens.access_token)).status).toBe(401);
  });

  it("waits for the right verifier", async () => {
    const { body } = await register();
    const code = (await letIn(team, body.client_id)).get("code") ?? "";
    const without = await redeem(body.client_id, code, { code_verifier: "" });
    expect(without.status).toBe(400);
    expect(await redeem(body.client_id, code, { code_verifier: `${verifier}x` })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect((await redeem(body.client_id, code)).status).toBe(200);
  });

  it("is its client's alone, at its redirect address, for its resource", async () => {
    const { body } = await register();
    const other = (await register()).body.client_id;
    const code = (await letIn(team, body.client_id)).get("code") ?? "";
    expect((await redeem(other, code)).body.error).toBe("invalid_grant");
    const elsewhere = await redeem(body.client_id, code, { redirect_uri: `${redirectUri}/x` });
    expect(elsewhere.body.error).toBe("invalid_grant");
    for (const wrong of [`${resource}/c/fixture`, "https://evil.example/mcp", `${origin}/api`])
      expect((await redeem(body.client_id, code, { resource: wrong })).body.error).toBe(
        "invalid_target",
      );
    expect((await redeem(body.client_id, code, { resource })).status).toBe(200);
  });
});

describe("the consent page", () => {
  let query: string;
  beforeAll(async () => {
    query = await authorizeQuery(
      (await register({ client_name: "E\u202evil \u0000client" })).body.client_id,
    );
  });

  it("is led to with the query as it came", async () => {
    const shown = await askHub(`/oauth/authorize?${query}`);
    expect(shown.status).toBe(302);
    expect(shown.headers.get("location")).toBe(`${origin}/consent?${query}`);
    expect(shown.headers.get("x-frame-options")).toBe("DENY");
    expect(shown.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it("shows who asks for what, and what the person can give", async () => {
    const viewer = await team.join("viewer");
    const shown = await consent(await signIn(viewer), query);
    expect(shown.headers.get("x-frame-options")).toBe("DENY");
    expect(shown.body).toMatchObject({
      client: { name: "Evil client", domain: null, redirectHost: "127.0.0.1", local: true },
      resource,
      teams: [{ id: team.id, role: "viewer", scopes: ["tools.read"] }],
      currentTeamId: team.id,
      connections: [{ teamId: team.id, id: connectionId, name: "Fixture" }],
    });
  });

  it("gives nobody more than they have", async () => {
    const viewer = await team.join("viewer");
    const page = await signIn(viewer);
    const begun = await consent(page, query);
    const bound = boundTo(page, begun);
    const { handle } = begun.body;
    const stranger = await createTeam();
    const theirs = (await connectServer(stranger)).body.id;
    const approve = { handle, decision: "approve", teamId: team.id };
    expect((await decide(bound, { ...approve, scopes: ["tools.call"] })).status).toBe(403);
    expect((await decide(bound, { ...approve, teamId: stranger.id })).status).toBe(404);
    expect((await decide(bound, { ...approve, connections: [theirs] })).status).toBe(404);
    expect((await decide(bound, { ...approve, scopes: ["team.delete"] })).status).toBe(400);
    expect((await decide(bound, { ...approve, scopes: ["tools.read"] })).status).toBe(200);
  });

  it("takes one answer, of the browser and the session it was shown to", async () => {
    const page = await signIn(team);
    const member = await team.join("member");
    const approve = { decision: "approve", teamId: team.id, scopes: ["tools.read"] };
    const begin = async () => {
      const begun = await consent(page, query);
      return { bound: boundTo(page, begun), handle: begun.body.handle as string };
    };
    const grants = (await grantsOf(team)).length;
    let { bound, handle } = await begin();
    // Without the page's origin, or from another one, nothing is even looked at.
    for (const forged of [
      { cookie: bound.cookie },
      { ...bound, origin: "https://evil.example" },
      { ...bound, origin: "null" },
    ])
      expect((await decide(forged, { ...approve, handle })).status).toBe(403);
    expect((await decide({ origin: bound.origin }, { ...approve, handle })).status).toBe(401);
    // Another browser of the same person, which has no binding cookie.
    expect((await decide(page, { ...approve, handle })).status).toBe(409);
    ({ bound, handle } = await begin());
    // Somebody else, who got hold of handle and binding cookie.
    const other = await signIn(member);
    const stolen = { ...bound, cookie: `${other.cookie}; ${bound.cookie.split("; ")[1]}` };
    expect((await decide(stolen, { ...approve, handle })).status).toBe(403);
    expect((await decide(stolen, { handle, decision: "deny" })).status).toBe(409);
    ({ bound, handle } = await begin());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => decide(bound, { ...approve, handle })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await decide(bound, { ...approve, handle })).status).toBe(409);
    expect(await grantsOf(team)).toHaveLength(grants + 1);
  });

  it("asks for the second factor where the team does, and takes the answer afterwards", async () => {
    const careful = await createTeam();
    await env.DB.prepare("UPDATE teams SET sensitive_needs_second_factor = 1 WHERE id = ?")
      .bind(careful.id)
      .run();
    const page = await signIn(careful);
    const begun = await consent(page, query);
    const answer = { handle: begun.body.handle, decision: "approve", teamId: careful.id };
    const first = await decide(boundTo(page, begun), answer);
    expect(first).toMatchObject({
      status: 403,
      body: { error: { code: "second_factor_required" } },
    });
    const shownAt = Date.now();
    await env.DB.prepare("UPDATE sessions SET second_factor_at = ? WHERE person_id = ?")
      .bind(shownAt, careful.personId)
      .run();
    expect((await decide(boundTo(page, begun), answer)).status).toBe(200);
    const row = await env.DB.prepare("SELECT second_factor_at FROM client_grants WHERE team_id = ?")
      .bind(careful.id)
      .first();
    expect(row).toEqual({ second_factor_at: shownAt });
  });

  it("counts for nothing once the session has ended", async () => {
    const page = await signIn(team);
    const begun = await consent(page, query);
    await askHub("/api/auth/sign-out", { method: "POST", headers: page });
    const answer = { handle: begun.body.handle, decision: "approve", teamId: team.id };
    expect((await decide(boundTo(page, begun), answer)).status).toBe(401);
  });

  it("tells the client of a refusal", async () => {
    const page = await signIn(team);
    const begun = await consent(page, query);
    const { body } = await decide(boundTo(page, begun), {
      handle: begun.body.handle,
      decision: "deny",
    });
    const back = new URL(body.redirectTo);
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      error: "access_denied",
      state: "st4te",
      iss: origin,
    });
  });

  it("is for whoever is signed in", async () => {
    expect((await consent({ origin }, query)).status).toBe(401);
    const page = await signIn(team);
    expect((await consent({ cookie: page.cookie }, query)).status).toBe(403);
    expect(
      (
        await askHub("/api/auth/consent", {
          body: { query },
          headers: { authorization: `Bearer ${team.apiKey}`, origin },
        })
      ).status,
    ).toBe(403);
  });
});
