// For tests: a connection whose token the hub renews, at a local vendor and a server that asks that vendor about each token.
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { vi } from "vitest";
import type { ManifestData } from "../../shared/catalogue/manifest";
import { newId } from "../../shared/ids";
import { putSecret } from "../credentials";
import { controlOf } from "./at-vendor";
import { createTeam, type TestTeam } from "./team";
import { storeApp } from "./vendor-browser";
import type { PartialQuirks } from "./vendor/quirks";
import type { Entry } from "./vendor/vendor";
import { scriptedServer } from "../connections/scripted-server";
import { connections, type ConnectionRow } from "../connections/tables";

/** The manifest of a vendor that stands at its parameter `vendor`: for `offerConnector`. */
export const renewingConnector = (id: string): ManifestData => ({
  id,
  name: "Renewing",
  category: "crm",
  description: "A vendor whose tokens are renewed.",
  params: [{ name: "vendor", label: "Vendor" }],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in",
      authorizeUrl: "{vendor}/authorize",
      tokenUrl: "{vendor}/token",
      rotation: "strict",
      revoke: { url: "{vendor}/revoke" },
      app: { where: { text: "In the settings" } },
    },
  ],
});

export type Renewing = Awaited<ReturnType<typeof renewingConnection>>;

export async function renewingConnection(
  connector: string,
  {
    token,
    endsInMs = -1000,
    team: known,
  }: { token?: PartialQuirks["token"]; endsInMs?: number; team?: TestTeam } = {},
) {
  const team = known ?? (await createTeam());
  const id = `v-${crypto.randomUUID()}`;
  const vendor = `${env.VENDOR_URL}/${id}`;
  const control = controlOf(id);
  await control("POST", "", { token: { rotation: "strict", ...token } });
  await storeApp(team, connector);

  let guarded = false;
  const server = scriptedServer({
    tools: [{ name: "echo", inputSchema: { type: "object" } }],
    instead: async (_message, headers) => {
      if (!guarded) return undefined;
      const authorization = headers.get("authorization") ?? "";
      const { status } = await fetch(`${vendor}/api/me`, { headers: { authorization } });
      return status === 200 ? undefined : new Response("", { status: 401 });
    },
  });
  const settings = {
    ...server.env,
    PLUGBOARD_USER_PER_MINUTE: "0",
    PLUGBOARD_CONNECTION_PER_MINUTE: "0",
  } as Partial<Env>;
  const made = await team.ask("/api/v1/connections", {
    body: { connector: "mcp", name: `Renewing ${id.slice(2, 8)}`, config: { url: server.url } },
    env: settings,
  });
  const connectionId: string = made.body.id;
  const tools = await team.ask(`/api/v1/tools?connection=${connectionId}`);
  guarded = true;

  const db = drizzle(env.DB);
  const newCredential = async () => {
    const record = await signIn(vendor, Date.now() + endsInMs);
    const ref = { id: newId("crd"), version: 1 };
    const about = { kind: "connection", subjectId: connectionId } as const;
    await putSecret({ env, db, teamId: team.id, now: Date.now() }, ref, record, about);
    return ref;
  };
  const ref = await newCredential();
  const change = async (columns: Partial<ConnectionRow>) => {
    await db.update(connections).set(columns).where(eq(connections.id, connectionId));
    await env.TEAM_GATE.getByName(team.id).bump();
  };
  await change({
    connector,
    authMethod: "oauth",
    params: { vendor },
    credentialId: ref.id,
    credentialVersion: 1,
    refreshes: true,
    expiresAt: Date.now() + endsInMs,
    rotatedAt: Date.now() - 3_600_000,
  });
  if (endsInMs <= 0) await control("POST", "/expire");

  const log = async () => (await control("GET", "/log")) as Entry[];
  return {
    team,
    id: connectionId,
    credentialId: ref.id,
    server,
    session: env.CONNECTION_SESSION.getByName(`${team.id}/${connectionId}`),
    /** What every request is to be sent with: the way to the server. */
    settings,
    change,
    /** As if somebody had signed in anew. */
    reconnect: async () => {
      const { id: credentialId, version: credentialVersion } = await newCredential();
      await change({ credentialId, credentialVersion, expiresAt: Date.now() + endsInMs });
    },
    /** Whether the vendor takes this token. */
    isAlive: async (accessToken: string) => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await fetch(`${vendor}/api/me`, { headers })).status === 200;
    },
    control,
    /** How often the vendor was asked for another token. */
    refreshes: async () => (await log()).filter(({ place }) => place === "refresh").length,
    revoked: async () => (await log()).filter(({ place }) => place === "revoke").length,
    call: (settingsNow: Partial<Env> = settings) =>
      team.ask(`/api/v1/tools/${tools.body.items[0].id}/call`, {
        body: { arguments: {} },
        env: settingsNow,
      }),
    show: async () => (await team.ask(`/api/v1/connections/${connectionId}`)).body,
    row: async () => {
      const row = await db.select().from(connections).where(eq(connections.id, connectionId)).get();
      if (!row) throw new Error("The connection is gone.");
      return row;
    },
    /** The versions whose records lie in KV. */
    versions: async () => {
      const { keys } = await env.TOKENS.list({ prefix: `t/${team.id}/c/${ref.id}/` });
      return keys.map(({ name }) => Number(name.split("/").at(-1))).toSorted((a, b) => a - b);
    },
    notices: async (of: TestTeam = team) =>
      (await of.ask("/api/v1/notices")).body.items as {
        kind: string;
        settled: boolean;
        subjectId: string;
      }[],
  };
}

/** As if nobody waited longer for a vendor. */
export function losePatience(longestMs = 80): void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(Math.min(ms, longestMs)));
}

/** So that no later look at what is due finds it. */
export const forgetAll = (connector: string) =>
  env.DB.prepare("DELETE FROM connections WHERE connector = ?").bind(connector).run();

/** As somebody who consents and whose code is exchanged. */
async function signIn(vendor: string, expiresAt: number): Promise<Record<string, string>> {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "hub-client",
    redirect_uri: "http://127.0.0.1/oauth/callback",
    state: "a-state-of-a-test-long-enough",
  });
  const consent = await fetch(`${vendor}/authorize?${query.toString()}`, { redirect: "manual" });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const answer = await fetch(`${vendor}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: "http://127.0.0.1/oauth/callback",
      client_id: "hub-client",
      client_secret: "hub-secret",
    }),
  });
  const tokens = await answer.json<{ access_token: string; refresh_token: string }>();
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    tokenType: "Bearer",
    expiresAt: String(expiresAt),
    obtainedAt: String(expiresAt - 3_600_000),
  };
}
