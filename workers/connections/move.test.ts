import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createTeam } from "../testing/team";

const issuer = "https://as.example.com";
const good = "https://mcp.example.com";

/** Servers that want a token of one issuer, and what each was shown. */
function servers() {
  const shown: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const { origin, pathname } = new URL(url);
    if (pathname.startsWith("/.well-known/oauth-protected-resource"))
      return Response.json({ resource: `${origin}/mcp`, authorization_servers: [issuer] });
    if (origin === issuer)
      return pathname === "/token"
        ? Response.json({ access_token: "a-token", token_type: "bearer", expires_in: 3600 })
        : Response.json({ issuer, token_endpoint: `${issuer}/token` });
    const sent = new Headers(init.headers).get("authorization");
    if (sent === null) return new Response(null, { status: 401 });
    shown.push(`${origin}${pathname} ${sent}`);
    return globalThis.fetch(env.FIXTURE_URL, init);
  };
  return { shown, env: { NET: { fetch } as unknown as Fetcher } };
}

it("takes a program's token to no other server, and to no other place of the same", async () => {
  const team = await createTeam();
  const net = servers();
  const auth = { method: "client-credentials", fields: { clientId: "c", clientSecret: "s3cret" } };
  const made = await team.ask("/api/v1/connections", {
    body: { connector: "mcp", name: "Program", config: { url: `${good}/mcp` }, auth },
    env: net.env,
  });
  expect(made.status, made.text).toBe(201);
  net.shown.length = 0;
  const move = (url: string, more: object = {}) =>
    team.ask(`/api/v1/connections/${made.body.id}`, {
      method: "PATCH",
      body: { config: { url }, ...more },
      env: net.env,
    });
  for (const url of ["https://evil.example.org/mcp", `${good}/evil`]) {
    const refused = await move(url);
    expect([refused.status, refused.body.error.details.field]).toEqual([400, "body.config.url"]);
  }
  expect(net.shown).toEqual([]);
  expect((await move("https://other.example.org/mcp", { auth })).status).toBe(200);
});

it("asks for a second factor before a stored credential goes elsewhere, and says where in the audit log", async () => {
  const team = await createTeam();
  const net = servers();
  const config = { url: `${good}/mcp`, headers: { authorization: "Bearer of-their-own" } };
  const made = await team.ask("/api/v1/connections", {
    body: { connector: "mcp", name: "Keyed", config },
    env: net.env,
  });
  const path = `/api/v1/connections/${made.body.id}`;
  const move = (url: string) =>
    team.ask(path, { method: "PATCH", body: { config: { url } }, env: net.env });
  expect((await move("https://one.example.org/mcp")).status).toBe(200);
  const { text } = await team.ask("/api/v1/audit?action=connection.update");
  expect(text).toContain("https://one.example.org/mcp");
  await env.DB.prepare("UPDATE teams SET sensitive_needs_second_factor = 1 WHERE id = ?")
    .bind(team.id)
    .run();
  const refused = await move("https://two.example.org/mcp");
  expect(refused.body.error.code).toBe("second_factor_required");
});
