import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { askHub, connectServer, createTeam, type TestTeam } from "../../testing/team";
import { postForm, resource, speak } from "../../testing/oauth-client";

let team: TestTeam;
let connectionId: string;
beforeAll(async () => {
  team = await createTeam();
  connectionId = (await connectServer(team)).body.id;
  await connectServer(team, { name: "Other" });
});

const echo = { name: "fixture__echo", arguments: { message: "hi" } };
const create = (more: object = {}, by = team) =>
  by.ask("/api/v1/machine-clients", {
    body: { name: "Nightly", scopes: ["tools.read", "tools.call"], ...more },
  });
const token = (client: { id: string; clientSecret: string }, more: Record<string, string> = {}) =>
  postForm("/oauth/token", {
    grant_type: "client_credentials",
    client_id: client.id,
    client_secret: client.clientSecret,
    resource,
    ...more,
  });
const basic = ({ id, clientSecret }: { id: string; clientSecret: string }) => ({
  authorization: `Basic ${btoa(`${id}:${clientSecret}`)}`,
});

describe("a machine client", () => {
  it("gets a token of an hour for its secret, and calls tools for nobody in particular", async () => {
    const { body: client, status } = await create({ connections: [connectionId] });
    expect(status).toBe(201);
    for (const answer of [
      await token(client),
      await postForm("/oauth/token", { grant_type: "client_credentials", resource }, basic(client)),
    ]) {
      expect(answer).toMatchObject({
        status: 200,
        body: { token_type: "Bearer", scope: "tools.read tools.call", resource },
      });
      expect(answer.body.expires_in).toBeGreaterThan(3590);
      expect(answer.body).not.toHaveProperty("refresh_token");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const called = await speak(answer.body.access_token, "tools/call", echo);
      expect(called.body.result.content).toEqual([{ type: "text", text: "Echo: hi" }]);
      const hidden = await speak(answer.body.access_token, "tools/call", {
        ...echo,
        name: "other__echo",
      });
      expect(hidden.body.error).toMatchObject({ data: { code: "not_found" } });
    }
    const lastActor = async () => (await team.ask("/api/v1/executions")).body.items[0]?.actor;
    await expect.poll(lastActor).toEqual({ kind: "mcpClient", id: client.id, personId: null });
  });

  it("has a limit of its own", async () => {
    const { body: client } = await create();
    const { body } = await token(client);
    const ask = () =>
      askHub("/mcp", {
        body: { jsonrpc: "2.0", id: 1, method: "tools/call", params: echo },
        headers: { authorization: `Bearer ${body.access_token}` },
        env: { PLUGBOARD_USER_PER_MINUTE: "2" } as unknown as Partial<Env>,
      });
    for (let call = 0; call < 2; call++) expect((await ask()).body.result).toBeDefined();
    expect((await ask()).body.error).toMatchObject({ data: { code: "rate_limited" } });
  });

  it("gets no more than it was made with, and can take less", async () => {
    const { body: client } = await create({ scopes: ["tools.read"] });
    expect((await token(client, { scope: "tools.call" })).body.error).toBe("invalid_scope");
    expect((await token(client, { scope: "team.manage" })).body.error).toBe("invalid_scope");
    const { body } = await token(client);
    expect((await speak(body.access_token)).status).toBe(200);
    const refused = await speak(body.access_token, "tools/call", echo);
    expect(refused.status).toBe(403);
  });

  it("has to say which endpoint it wants to use, and can use no other", async () => {
    const { body: client } = await create();
    for (const wrong of ["", "https://evil.example/mcp", "http://127.0.0.1/api", `${resource}/`])
      expect((await token(client, { resource: wrong })).body.error).toBe("invalid_target");
    const { body } = await token(client, { resource: `${resource}/c/fixture` });
    expect((await speak(body.access_token, "tools/list", {}, "/mcp/c/fixture")).status).toBe(200);
    expect((await speak(body.access_token)).status).toBe(401);
    const me = await askHub("/api/v1/me", {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(me.status).toBe(401);
  });

  it("is told from nobody by nothing when its secret is wrong", async () => {
    const { body: client } = await create();
    const wrong = await token({ id: client.id, clientSecret: "pbs_wrong" });
    const unknown = await token({ id: `mac_${"0".repeat(26)}`, clientSecret: "pbs_wrong" });
    const none = await token({ id: "", clientSecret: "" });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toBe(unknown.text);
    expect(wrong.text).toBe(none.text);
    const challenged = await postForm(
      "/oauth/token",
      { grant_type: "client_credentials", resource },
      basic({ id: client.id, clientSecret: "x" }),
    );
    expect(challenged.status).toBe(401);
    expect(challenged.headers.get("www-authenticate")).toMatch(/^Basic /);
    const both = await postForm(
      "/oauth/token",
      { grant_type: "client_credentials", resource, client_id: client.id },
      basic(client),
    );
    expect(both.body.error).toBe("invalid_request");
  });

  it("loses its tokens with its old secret, and all of it when it is deleted", async () => {
    const { body: client } = await create();
    const { body: first } = await token(client);
    expect((await speak(first.access_token)).status).toBe(200);
    const rotated = await team.ask(`/api/v1/machine-clients/${client.id}/rotate`, {
      method: "POST",
    });
    expect(rotated.status).toBe(200);
    expect((await speak(first.access_token)).status).toBe(401);
    expect((await token(client)).status).toBe(401);
    const { body: second } = await token(rotated.body);
    expect((await speak(second.access_token)).status).toBe(200);
    const gone = await team.ask(`/api/v1/machine-clients/${client.id}`, { method: "DELETE" });
    expect(gone.status).toBe(204);
    expect((await speak(second.access_token)).status).toBe(401);
    expect((await token(rotated.body)).status).toBe(401);
    const { results } = await env.DB.prepare(
      "SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY seq",
    )
      .bind(client.id)
      .all<{ action: string }>();
    expect(results.map(({ action }) => action)).toEqual([
      "machine_client.create",
      "machine_client.rotate",
      "machine_client.delete",
    ]);
  });

  it("gets no new secret from somebody who may not use all it may use", async () => {
    const { body: client } = await create();
    const { body: role } = await team.ask("/api/v1/roles", {
      body: { name: "Clients", permissions: ["clients.manage", "tools.read", "tools.call"] },
    });
    const keeper = await team.join("member");
    const access = (restricted: boolean) =>
      team.ask(`/api/v1/connections/${connectionId}/access`, {
        method: "PUT",
        body: {
          restricted,
          roles: restricted ? ["owner"] : [],
          people: [],
          needsSecondFactor: false,
        },
      });
    await team.ask(`/api/v1/members/${keeper.personId}`, {
      method: "PATCH",
      body: { role: role.id },
    });
    await access(true);
    const rotate = () =>
      keeper.ask(`/api/v1/machine-clients/${client.id}/rotate`, { method: "POST" });
    expect((await rotate()).body.error.code).toBe("forbidden");
    expect((await token(client)).status).toBe(200);
    await access(false);
    expect((await rotate()).status).toBe(200);
  });

  it("is shown without its secret, and only to whoever manages clients", async () => {
    const { body: client, text } = await create();
    expect(text).toContain(client.clientSecret);
    const list = await team.ask("/api/v1/machine-clients?limit=200");
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(client.id);
    expect(list.text).not.toContain("pbs_");
    for (const role of ["viewer", "member", "operator"] as const) {
      const other = await team.join(role);
      expect((await other.ask("/api/v1/machine-clients")).status).toBe(403);
      expect((await create({}, other)).status).toBe(403);
    }
    const stranger = await createTeam();
    const foreign = (await connectServer(stranger)).body.id;
    expect((await create({ connections: [foreign] })).status).toBe(404);
  });
});
