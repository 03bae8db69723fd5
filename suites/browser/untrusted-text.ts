// A hostile server, hostile names and a hostile client behind every page: nothing of it may run, load or be followed.
import type { Locator, Page } from "playwright-core";
import type { Me } from "../../shared/contracts/teams.ts";
import { words } from "../../web/src/words/index.ts";
import {
  ask,
  callTool,
  connect,
  postMcp,
  startHubProcess,
  toolsOf,
  type Figure,
  type HubProcess,
  type Tool,
} from "../hub-process.ts";
import { answering } from "./answers.ts";
import { connection, flow } from "./connect-answers.ts";
import { launchBrowser, openPage, originOf } from "./browser.ts";
import { detect, type Detector } from "./detector.ts";
import { schemaTool, speakers, startPayloadServer } from "./payload-server.ts";
import { hostileAnswers, hostileLists } from "./payload-answers.ts";
import { allInOne, payloads, type Payload } from "./payloads.ts";
import { settle, sweep } from "./sweep.ts";

/**
 * Of the pages that show one tool, connection, call or address each, every so manyth is visited; which texts stand on
 * the pages that show one at a time; how far down long pages are read, in screens.
 */
export type UntrustedTextSize = { every: number; single: readonly Payload[]; screens: number };
export const untrustedTextSize = {
  full: { every: 1, single: payloads, screens: 60 },
  tenth: { every: 130, single: [allInOne], screens: 3 },
} satisfies Record<string, UntrustedTextSize>;

/** Where a payload stands before it reaches the dashboard. */
const places = [
  "connection name",
  "connection URL",
  "server name, title and version",
  "server website",
  "server icons",
  "server instructions",
  "server capabilities",
  "tool name",
  "tool title",
  "tool description",
  "tool icons",
  "tool annotations",
  "schema titles and descriptions",
  "schema property names",
  "schema enumerations, defaults and examples",
  "schema formats, patterns, types and references",
  "text results",
  "JSON results",
  "image, sound and file results",
  "resource links",
  "tool errors",
  "protocol errors",
  "progress messages",
  "log messages",
  "client name, title and version",
  "names of clients, keys and machine clients",
  "names, addresses and roles of members and of people invited",
  "role names and descriptions",
  "team names",
  "passkey names, user agents and network addresses",
  "audit actions, subjects, details and changes",
  "mail in the outbox",
  "client, team and connection names at the consent page",
  "single sign-on providers and their domains",
  "accounts, scopes and choices of vendors, and ids of apps there",
  "address of the page",
];

/** A short one, which nothing on a page cuts off or puts in order. */
const [probe] = payloads;
/** Those of the single ones that a page has to show. */
const stands: readonly (Payload | undefined)[] = [probe, allInOne];

export const run = () => runUntrustedText(untrustedTextSize.full);

export async function runUntrustedText(size: UntrustedTextSize): Promise<Figure> {
  const { every, single, screens } = size;
  const server = await startPayloadServer();
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const browser = await launchBrowser();
  const broken: string[] = [];
  try {
    const stored = await fill(hub, server);
    const { page, watch } = await openPage(browser, hub);
    const detector = await detect(page, originOf(hub));
    watch.expect(/answered 404/, /console: Failed to load resource.* 404/);
    const sample = <Item>(items: readonly Item[]) => items.filter((_, n) => n % every === 0);
    const visitor = new Visitor(page, { detector, broken, screens });
    await visitor.see("/");
    await visitor.see("/connections");
    for (const id of sample(stored.connections)) await visitor.see(`/connections/${id}`);
    await visitor.see("/playground");
    const named = (name: string) => stored.tools.find((tool) => tool.name === name)?.id ?? "";
    for (const name of speakers) await visitor.run(named(name));
    await visitor.see(`/playground/${named(schemaTool)}`);
    for (const { id } of sample(stored.tools)) await visitor.see(`/playground/${id}`);
    await visitor.see("/activity");
    for (const id of sample(stored.executions)) await visitor.see(`/activity/${id}`);
    await visitor.see("/clients");
    for (const text of ["img", "script", "onfocus", "javascript"]) await visitor.search(text);
    for (const { text } of sample(payloads)) await visitor.address(text);
    await visitor.lists();
    // Before the pages on which all of them stand in one text.
    const missing = payloads.filter(({ id }) => !detector.drawn.has(id));
    const seen = payloads.length - missing.length;
    await visitor.people(single);
    for (const id of detector.ran) broken.push(`payload ${id} ran: ${payloads[id]?.text}`);
    broken.push(...watch.problems);
    // Some say what they do in another encoding, in which they are not looked for.
    if (missing.length > payloads.length / 10)
      broken.push(`${missing.length} payloads were never on a page`);
    return {
      line: `untrusted text: ${payloads.length} payloads × ${places.length} places, ${seen} seen on ${visitor.pages} pages, ${detector.ran.size} ran`,
      broken: [...new Set(broken)],
    };
  } finally {
    await browser.close();
    await hub.stop();
    server.close();
    hub.clear();
  }
}

type Server = Awaited<ReturnType<typeof startPayloadServer>>;

/** Connects, calls and introduces itself in every way in which a payload can get in. */
async function fill(hub: HubProcess, server: Server) {
  const { status, body } = await connect(hub, "Payloads", server.url);
  if (status !== 201) throw new Error(`Connecting answered ${status}: ${JSON.stringify(body)}`);
  const connections: string[] = [body.id];
  for (const payload of payloads) {
    const name = payload.text.replaceAll(/\s+/g, " ").slice(0, 80).trim();
    const url = `${server.introducing(payload)}?${encodeURIComponent(payload.text)}`;
    const made = await connect(hub, name, url);
    if (made.status === 201) connections.push(made.body.id);
  }
  const tools = await allTools(hub, body.id);
  const find = (name: string) => tools.find((tool) => tool.name === name) as Tool;
  const call = (name: string, args: object) => callTool(hub, "rest", { tool: find(name), args });
  for (const { id } of payloads) {
    await call("say_error", { payload: id });
    await call("say_refusal", { payload: id });
  }
  for (const { text } of payloads)
    await postMcp(hub, "mcp-2025", {
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: text, title: text, version: text },
      },
    });
  await call("say_progress", {});
  await call("say_results", {});
  const { body: recorded } = await ask(hub, "/api/v1/executions?limit=200");
  const executions = (recorded.items as { id: string }[]).map(({ id }) => id);
  return { connections, tools, executions };
}

async function allTools(hub: HubProcess, connection: string): Promise<Tool[]> {
  const first = await toolsOf(hub, connection);
  const { body } = await ask(hub, `/api/v1/tools?limit=200&connection=${connection}`);
  if (body.nextCursor === null || body.nextCursor === undefined) return first;
  const rest = await ask(
    hub,
    `/api/v1/tools?limit=200&connection=${connection}&cursor=${encodeURIComponent(body.nextCursor)}`,
  );
  return [...first, ...(rest.body.items as Tool[])];
}

type Visiting = { detector: Detector; broken: string[]; screens: number };

class Visitor {
  readonly #page: Page;
  readonly #visiting: Visiting;
  pages = 0;

  constructor(page: Page, visiting: Visiting) {
    this.#page = page;
    this.#visiting = visiting;
  }

  readonly #look = async () => {
    const { detector, broken } = this.#visiting;
    broken.push(...(await detector.look()));
  };

  async #sweep(): Promise<void> {
    await sweep(this.#page, this.#visiting.screens, this.#look);
    this.pages++;
  }

  /** Opens a page, on which the payload has to stand, and shows everything it has. */
  async see(path: string, payload?: Payload): Promise<void> {
    await this.#page.goto(path);
    await settle(this.#page);
    if (payload)
      await this.#page
        .getByText(payload.text.slice(0, 60))
        .filter({ visible: true })
        .first()
        .waitFor();
    await this.#sweep();
  }

  async run(toolId: string): Promise<void> {
    await this.#page.goto(`/playground/${toolId}`);
    const { run } = words.playground;
    await this.#page.getByRole("button", { name: run.run, exact: true }).click();
    await this.#page.getByRole("button", { name: run.again, exact: true }).waitFor();
    await this.#sweep();
  }

  async search(text: string): Promise<void> {
    await this.#page.goto("/");
    await settle(this.#page);
    await this.#page.keyboard.press("Control+k");
    await this.#page.getByRole("combobox", { name: words.shell.palette.label }).fill(text);
    await this.#page.getByRole("option").filter({ hasText: text }).first().waitFor();
    await this.#look();
    this.pages++;
  }

  /** Lists of people, roles, keys, clients and mails, with a row for each payload. */
  async lists(): Promise<void> {
    const page = this.#page;
    await answering(hostileLists)({ page });
    const pages = ["/team", "/team/roles", "/keys", "/clients", "/audit", "/outbox"];
    const signIns = [`/connect/done?flow=${flow.id}`, "/connections/apps"];
    const lists = [...pages, ...signIns, "/secrets", "/inbox", "/sign-in"];
    for (const path of [...lists, "/account/security"]) await this.see(path, probe);
    await page.unrouteAll();
  }

  /** Pages that show one person, team, client or connection, with each of these texts for everything they say. */
  async people(single: readonly Payload[]): Promise<void> {
    const page = this.#page;
    const { team, keys } = words;
    for (const payload of single) {
      const { text } = payload;
      await page.unrouteAll();
      await answering({ ...hostileLists, ...hostileAnswers(payload) })({ page });
      await page.route("**/api/v1/me", async (route) => {
        const me = (await (await route.fetch()).json()) as Me;
        const named = { team: { ...me.team, name: text }, person: { ...me.person, name: text } };
        await route.fulfill({ json: { ...me, ...named } });
      });
      for (const path of [
        "/account",
        "/team/settings",
        `/audit?entry=aud_${payload.id}`,
        "/consent?response_type=code&client_id=hostile",
        "/invitation?token=hostile",
        `/connections/new?connected=${connection.id}`,
        `/connections/${connection.id}`,
      ])
        await this.see(path, stands.includes(payload) ? payload : undefined);
      await this.see("/");
      await this.open(page.getByRole("button", { name: team.switcher.more }), "menu");
      await this.see("/team");
      await this.open(page.locator("main [aria-haspopup=menu]").first(), "menu");
      await page.getByRole("menuitem", { name: team.members.changeRole }).click();
      await this.#dialog();
      await this.see("/keys");
      await this.open(page.locator("main [aria-haspopup=menu]").first(), "menu");
      await page.getByRole("menuitem", { name: keys.revoke }).click();
      await this.#dialog();
    }
    await page.unrouteAll();
  }

  async open(button: Locator, what: "menu" | "dialog"): Promise<void> {
    await button.click();
    await this.#page.getByRole(what).waitFor();
    await this.#look();
  }

  async #dialog(): Promise<void> {
    await this.#page.getByRole("dialog").waitFor();
    await this.#look();
  }

  /** What somebody can be sent as a link: payloads in the path, in searches, and in where to go on. */
  async address(text: string): Promise<void> {
    const payload = encodeURIComponent(text);
    for (const path of [
      `/connections?q=${payload}`,
      `/connections/${payload}`,
      `/playground?q=${payload}&connection=${payload}`,
      `/activity?q=${payload}&status=${payload}`,
      `/sign-in?next=${payload}`,
      `/connect/done?error=${payload}`,
      `/${payload}`,
    ]) {
      const response = await this.#page.goto(path);
      // What looks like the name of a file is none of the dashboard's pages.
      if (response?.headers()["content-type"]?.startsWith("application/json")) continue;
      await settle(this.#page);
      await this.#look();
      this.pages++;
    }
  }
}
