import type { ManifestData } from "../../shared/catalogue/manifest";
import type { AtVendor } from "./at-vendor";
import { askHub, type TestAnswer, type TestRequest, type TestTeam } from "./team";

/** A connector with the ways to sign in that a person walks, at a host that a test turns to its own vendor. */
export function vendorConnector(id: string): ManifestData {
  const base = `https://${id}.example.com`;
  const app = { where: { text: "In the vendor's settings" } };
  const shape = {
    tokenUrl: `${base}/token`,
    revoke: { url: `${base}/revoke` },
    scopes: [
      { scope: "read", label: "Read", required: true },
      { scope: "write", label: "Write" },
    ],
  };
  const code = { ...shape, authorizeUrl: `${base}/authorize`, app };
  return {
    id,
    name: "Vendor",
    category: "crm",
    description: "A vendor of the tests.",
    params: [
      {
        name: "site",
        label: "Site",
        source: "discovered",
        pattern: "[a-z0-9-]+",
        methods: ["sites"],
      },
      { name: "account", label: "Account", required: false, methods: ["oauth"] },
    ],
    auth: [
      { kind: "oauth2_code", id: "oauth", label: "Sign in", ...code },
      { kind: "oauth2_code", id: "sites", label: "Sign in to a site", ...code },
      {
        kind: "oauth2_device",
        id: "device",
        label: "Enter a code",
        ...shape,
        app,
        deviceUrl: `${base}/device`,
      },
      {
        kind: "api_key",
        id: "key",
        label: "Key",
        fields: [{ name: "key", label: "Key" }],
        present: [{ in: "header", name: "x-key", template: "{secret.key}" }],
      },
    ],
    request: { base },
    discover: [
      {
        param: "site",
        label: "site",
        request: { url: "/api/sites" },
        value: "/id",
        name: "/name",
        methods: ["sites"],
      },
    ],
    test: { url: "/api/me", account: "/email" },
  };
}

/** The OAuth app the test vendors take by themselves, as the team's own. */
export const storeApp = (team: TestTeam, connector: string) =>
  team.ask(`/api/v1/oauth-apps/${connector}`, {
    method: "PUT",
    body: { clientId: "hub-client", clientSecret: "hub-secret" },
  });

/** A browser that keeps its cookies, of a person or program at the hub, and the vendor it is sent to. */
export function browserOf(
  team: TestTeam,
  {
    vendor,
    headers,
  }: { vendor: Pick<AtVendor, "env" | "visit">; headers?: Record<string, string> },
) {
  const jar = new Map<string, string>();
  const network = { NET: vendor.env.NET } as Partial<Env>;
  const cookie = (more?: string) =>
    [...[...jar].map(([name, value]) => `${name}=${value}`), ...(more ? [more] : [])].join("; ");
  const who = headers ?? { authorization: `Bearer ${team.apiKey}` };

  async function ask(path: string, init: TestRequest = {}): Promise<TestAnswer> {
    const answer = await askHub(path, {
      ...init,
      env: { ...network, ...init.env },
      headers: { ...who, ...init.headers, cookie: cookie(who["cookie"]) },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  }
  const begin = (body: Record<string, unknown>) => ask("/api/v1/connect-flows", { body });
  /** As the vendor's redirect opens it: with nothing but cookies. */
  const comeBack = (path: string, settings: Partial<Env> = {}) =>
    askHub(path, { env: { ...network, ...settings }, headers: { cookie: cookie() } });
  /** Lets the hub in at the vendor: the path of the hub it sends the browser back to. */
  async function consent(authorizeUrl: string): Promise<string> {
    const { pathname, search } = await vendor.visit(authorizeUrl);
    return pathname + search;
  }
  const flow = async (id: string) => (await ask(`/api/v1/connect-flows/${id}`)).body;

  return {
    jar,
    ask,
    begin,
    comeBack,
    consent,
    flow,
    /** The whole way: the flow as it stands at its end. */
    async connect(body: Record<string, unknown>) {
      const begun = await begin(body);
      if (begun.status !== 201) throw new Error(`No flow: ${begun.text}`);
      const back = await consent(begun.body.authorizeUrl);
      const landed = await comeBack(back);
      return { id: begun.body.id as string, back, landed, flow: await flow(begun.body.id) };
    },
  };
}
export type TestBrowser = ReturnType<typeof browserOf>;
