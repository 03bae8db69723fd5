import { refusalOf, type Answer, type Hub } from "./hub.ts";

export type Connection = { id: string; slug: string };
export type Context = {
  client_id?: string;
  client_secret?: string;
  private_key_pem?: string;
  toolCalls?: { name: string; arguments: Record<string, unknown> }[];
};

export const contextOf = (text: string | undefined): Context =>
  text === undefined || text === "" ? {} : (JSON.parse(text) as Context);

/** A server that asks for no sign-in is connected at once; every other says so, and is signed in to. */
export async function connect(
  hub: Hub,
  { url, context }: { url: string; context: Context },
): Promise<Connection> {
  const named = { connector: "mcp", name: freeName(url), config: { url } };
  const plain = await hub.ask("/api/v1/connections", { body: named });
  if (plain.status === 201) return plain.body;
  if (plain.body?.error?.code !== "upstream_unauthorized")
    throw new Error(`The hub could not connect ${url}: ${refusalOf(plain)}`);
  if (context.private_key_pem !== undefined) return asProgram(hub, named, context);
  try {
    return await signIn(hub, { ...named, ...clientIn(context) });
  } catch (error) {
    if (!(error instanceof NoPeople) || context.client_id === undefined) throw error;
    return asProgram(hub, named, context);
  }
}

/** Names are unique in a team, and the same server may be driven again. */
const freeName = (url: string): string =>
  `${new URL(url).host} ${Date.now().toString(36)} ${Math.random().toString(36).slice(2, 8)}`;

const clientIn = ({ client_id: clientId, client_secret: clientSecret }: Context) =>
  clientId === undefined
    ? {}
    : { client: { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) } };

/** The server's sign-in takes programs only. */
class NoPeople extends Error {}

async function asProgram(
  hub: Hub,
  named: object,
  { client_id: clientId = "", client_secret: clientSecret, private_key_pem: privateKey }: Context,
): Promise<Connection> {
  const auth =
    privateKey === undefined
      ? { method: "client-credentials", fields: { clientId, clientSecret: clientSecret ?? "" } }
      : { method: "client-assertion", fields: { clientId, privateKey } };
  const answer = await hub.ask("/api/v1/connections", { body: { ...named, auth } });
  if (answer.status === 201) return answer.body;
  throw new Error(`The hub could not sign in as a program: ${refusalOf(answer)}`);
}

const mostSignIns = 2;

/**
 * Signs in as a person would, whose browser follows every redirect. Once more where the server took the token and then
 * refused it: its authorization server may have changed in between.
 */
export async function signIn(hub: Hub, asked: object): Promise<Connection> {
  for (let tries = 1; ; tries++) {
    const flow = await walk(hub, asked);
    if (flow.status === "done") return flow.connection;
    const { code = "", message = "" } = flow.error ?? {};
    if (code !== "test_failed" || tries === mostSignIns)
      throw new Error(`The sign-in ended as ${flow.status}: ${code} ${message}`);
  }
}

async function walk(hub: Hub, asked: object): Promise<Answer["body"]> {
  const started = await hub.ask("/api/v1/connect-flows", {
    body: { method: "oauth", ...asked },
  });
  if (started.status !== 201) {
    const sentence = `The hub did not begin the sign-in: ${refusalOf(started)}`;
    throw started.body?.error?.details?.reason === "discovery_failed"
      ? new NoPeople(sentence)
      : new Error(sentence);
  }
  const { id, authorizeUrl } = started.body;
  const [cookie = ""] = (started.headers.get("set-cookie") ?? "").split(";");
  await browse(hub, { url: authorizeUrl, cookie });
  const ended = await hub.ask(`/api/v1/connect-flows/${id}`);
  if (ended.status !== 200) throw new Error(`The sign-in is gone: ${refusalOf(ended)}`);
  return ended.body;
}

const mostHops = 10;

/** Follows the redirects up to the hub's own page, with the hub's cookie for the hub alone. */
async function browse(hub: Hub, from: { url: string; cookie: string }): Promise<void> {
  const own = new URL(hub.url).origin;
  let url = new URL(from.url);
  for (let hops = 0; hops < mostHops; hops++) {
    const home = url.origin === own;
    const response = await fetch(url, {
      redirect: "manual",
      headers: home ? { cookie: from.cookie } : {},
    });
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (home || location === null) return;
    url = new URL(location, url);
  }
}
