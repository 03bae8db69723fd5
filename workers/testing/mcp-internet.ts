import { env } from "cloudflare:workers";
import type { Author } from "../audit";
import {
  clientOf,
  finishMcpSignIn,
  startMcpSignIn,
  type AuthState,
  type McpSignInBegun,
  type Obtained,
  type SecretRecord,
} from "../credentials";
import { refreshMcpToken } from "../credentials/oauth/mcp/refresh";
import { Manifest } from "../../shared/catalogue/manifest";
import { mcp } from "../../shared/catalogue/mcp/mcp";
import { registryOf } from "../platform/registry";
import { createTeam } from "./team";

type Seen = {
  /** `POST https://login.example.com/token` */
  line: string;
  headers: Headers;
  body: URLSearchParams;
  json: Record<string, unknown>;
};
/** What is answered: JSON, or whatever a function of the request gives. Null for nothing there. */
export type Says = object | null | ((seen: Seen) => object);
export type Sites = Record<string, Says>;

export const server = "https://mcp.example.com/mcp";
export const issuer = "https://login.example.com";
export const redirectUri = "https://hub.example.org/oauth/callback";
const prm = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

/** What an authorization server that does everything by the book says of itself. */
export const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ["code"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["none"],
};

export const refused = (challenge = `Bearer resource_metadata="${prm}"`) =>
  new Response(null, { status: 401, headers: { "www-authenticate": challenge } });
export const page = () =>
  new Response("<html>Sorry</html>", { headers: { "content-type": "text/html" } });
export const error = (code: string, status = 400) => Response.json({ error: code }, { status });

const book: Sites = {
  [`POST ${server}`]: () => refused(),
  [`GET ${prm}`]: { resource: server, authorization_servers: [issuer] },
  [`GET ${issuer}/.well-known/oauth-authorization-server`]: metadata,
  [`POST ${issuer}/register`]: () =>
    Response.json(
      { client_id: "registered-1", token_endpoint_auth_method: "none" },
      { status: 201 },
    ),
  [`POST ${issuer}/token`]: {
    access_token: "at-canary-1",
    refresh_token: "rt-canary-1",
    token_type: "Bearer",
    expires_in: 3600,
  },
};

/** The hosts of a test in place of the network: those by the book, but for what `changed` says. */
export function internet(changed: Sites = {}, settings: Partial<Env> = {}) {
  const sites = { ...book, ...changed };
  const seen: Seen[] = [];
  const NET = {
    async fetch(url: string, init: RequestInit): Promise<Response> {
      const { origin, pathname } = new URL(url);
      const line = `${init.method ?? "GET"} ${origin}${pathname}`;
      const text = typeof init.body === "string" ? init.body : "";
      const asked = { line, headers: new Headers(init.headers), ...bodyOf(text) };
      seen.push(asked);
      const says = sites[line];
      if (says === undefined || says === null) return new Response("nothing", { status: 404 });
      const said = typeof says === "function" ? says(asked) : says;
      return said instanceof Response ? said.clone() : Response.json(said);
    },
  } as unknown as Fetcher;
  return {
    env: { ...env, PLUGBOARD_CLIENT_METADATA_URL: "", ...settings, NET } as Env,
    sites,
    seen,
    /** The requests whose line ends in this. */
    asked: (end: string) => seen.filter(({ line }) => line.endsWith(end)),
  };
}
export type Internet = ReturnType<typeof internet>;

function bodyOf(text: string): Pick<Seen, "body" | "json"> {
  if (!text.startsWith("{")) return { body: new URLSearchParams(text), json: {} };
  return { body: new URLSearchParams(), json: JSON.parse(text) as Record<string, unknown> };
}

export type Wanted = {
  url?: string;
  scopes?: string[];
  client?: { clientId: string; clientSecret?: string };
  redirectUri?: string;
  mayReplaceClient?: boolean;
};

/** A team and its way through a sign-in, as far as it goes. */
export async function signingIn(teamId?: string) {
  const team = teamId ?? (await createTeam()).id;
  const author = (net: Internet): Author => ({
    env: net.env,
    db: registryOf(env),
    teamId: team,
    actor: { kind: "system", id: "test", personId: null },
    address: null,
    userAgent: null,
    requestId: "req_test",
    now: Date.now(),
  });
  const start = (net: Internet, wanted: Wanted = {}): Promise<McpSignInBegun> =>
    startMcpSignIn(author(net), {
      url: server,
      scopes: [],
      client: undefined,
      mayReplaceClient: true,
      redirectUri,
      state: "state-1",
      ...wanted,
    });
  const client = (net: Internet, state: AuthState) =>
    clientOf({ env: net.env, teamId: team }, { connector: "mcp", method, state });
  return {
    start,
    /** Up to the page of the authorization server. Throws the fault where it does not come to that. */
    async page(net: Internet, wanted: Wanted = {}): Promise<URLSearchParams> {
      const begun = await start(net, wanted);
      if (!begun.ok) throw new Error(`${begun.fault.code}: ${begun.fault.message}`);
      return new URL(begun.authorizeUrl).searchParams;
    },
    /** All the way; `back` is what the browser comes back with. */
    async finish(
      net: Internet,
      { back = {}, ...wanted }: Wanted & { back?: Record<string, string> | URLSearchParams } = {},
    ): Promise<{ authState: AuthState; obtained: Obtained }> {
      const begun = await start(net, wanted);
      if (!begun.ok) throw new Error(`${begun.fault.code}: ${begun.fault.message}`);
      const { verifier, authState } = begun;
      const known = await client(net, authState);
      if (!known) throw new Error("There is no client.");
      const query =
        back instanceof URLSearchParams
          ? back
          : new URLSearchParams({ code: "code-1", state: "state-1", ...back });
      const obtained = await finishMcpSignIn(net.env, {
        query,
        verifier,
        authState,
        client: known,
        redirectUri: wanted.redirectUri ?? redirectUri,
      });
      return { authState, obtained };
    },
    async refresh(net: Internet, state: AuthState, record: SecretRecord): Promise<Obtained> {
      const signIn = { connector: "mcp", method, params: {}, scopes: [], state };
      return refreshMcpToken(net.env, signIn, { record, client: await client(net, state) });
    },
  };
}

const [method] = Manifest.parse(mcp).auth as [Manifest["auth"][number]];
