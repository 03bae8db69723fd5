// Secrets planted in every form a connection can hold, then looked for everywhere the hub speaks or writes.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { faults, isFaultName, type FaultName } from "../workers/testing/faults/faults.ts";
import { startGossip } from "./gossip.ts";
import {
  freePort,
  postMcp,
  processes,
  startHubProcess,
  startProcess,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";
import { changeOf, Search, wardrobe, type Headers } from "./secret-search.ts";

export type SecretsSize = { echoes: readonly FaultName[] };

const echoes = Object.keys(faults)
  .filter(isFaultName)
  .filter((name) => name.includes("echo_"));

export const secretsSize = {
  full: { echoes },
  tenth: { echoes: ["echo_plain", "error_echo_base64", "html_echo_urlencoded"] },
} satisfies Record<string, SecretsSize>;

export async function runSecrets({ echoes }: SecretsSize): Promise<Figure> {
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--port", "0"],
    /http:\S+\/mcp/,
  );
  const failing = await startProcess(
    "workers/testing/faults/process.ts",
    ["--port", "0"],
    /http:\S+/,
  );
  const gossip = await startGossip();
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const search = new Search();
  try {
    search.plant("the API key", hub.apiKey);
    const signInToken = /sign-in\?token=(\S+)/.exec(hub.output())?.[1] ?? "";
    search.plant("the sign-in token", signInToken);
    search.plant("the session's secret", await signIn(hub, signInToken));
    const servers: [string, string][] = [
      ["whoami", fixture.line],
      ["gossip", gossip.url],
      ["unreachable", `http://127.0.0.1:${await freePort()}/mcp`],
      ...echoes.flatMap((name): [string, string][] => {
        const url = `${failing.line}/f/${name}/mcp`;
        // In another phase the echo meets other code: the probe of a new connection, and its listing.
        return [
          [name, url],
          [`${name} on connect`, `${url}?side=connect`],
          [`${name} on list`, `${url}?side=list`],
        ];
      }),
    ];
    const live = await watch(hub, search);
    const stored = [];
    for (const [set, headers] of wardrobe(search).entries()) {
      const changed = changeOf(headers, search);
      for (const [server, url] of servers) {
        const name = `${server} ${set}`;
        stored.push(
          await useConnection(new Asker(hub, search, name), { name, url, headers, changed }),
        );
      }
      await askAtLarge(new Asker(hub, search, "at large"), headers, fixture.line);
    }
    const filesBefore = searchFolder(search, hub.data, "with its connections");
    for (const id of stored)
      await new Asker(hub, search, "delete").ask(`/api/v1/connections/${id}`, { method: "DELETE" });
    for (const { command } of processes()) search.in("a command line", command);
    live.close();
    await hub.stop();
    const filesAfter = searchFolder(search, hub.data, "once stopped");
    // The key and the sign-in link are printed, once, for the owner.
    const printed = hub
      .output()
      .replaceAll(hub.apiKey, "")
      .replaceAll(/sign-in\?token=\S+/g, "");
    search.in("the hub's output", printed);
    if (live.messages() === 0) throw new Error("The live stream said nothing.");
    const broken = search.sentences();
    const line = `secrets: ${search.planted} secrets in ${stored.length} connections, ${search.forms} forms looked for in ${search.answers} answers, ${live.messages()} live messages, ${filesBefore + filesAfter} files and the output (${Math.round(search.bytes / 1e6)} MB): ${broken.length} found`;
    return { line, broken };
  } finally {
    await hub.stop();
    await fixture.stop();
    await failing.stop();
    gossip.close();
    hub.clear();
  }
}

/** Everything that can be done with one connection, over every surface. */
async function useConnection(
  asker: Asker,
  {
    name,
    url,
    headers,
    changed,
  }: { name: string; url: string; headers: Headers; changed: Headers },
): Promise<string> {
  const made = await asker.ask("/api/v1/connections", {
    body: { connector: "mcp", name, config: { url, headers }, allowUnreachable: true },
  });
  const { id, slug } = made;
  if (typeof id !== "string") throw new Error(`${name} was not stored: ${JSON.stringify(made)}`);
  const path = `/api/v1/connections/${id}`;
  const callAll = async () => {
    const tools = (await asker.ask(`/api/v1/tools?limit=200&connection=${id}`)).items as Tool[];
    const tool = tools.find((one) => one.name === "whoami" || one.name === "probe");
    if (tool) await asker.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: {} } });
    for (const surface of ["mcp-2025", "mcp-2026"] as const) {
      await asker.mcp(surface, `/mcp/c/${slug}`, "tools/list");
      await asker.mcp(
        surface,
        `/mcp/c/${slug}`,
        surface === "mcp-2025" ? "initialize" : "server/discover",
      );
      if (!tool) continue;
      const _meta = { progressToken: "watch" };
      await asker.mcp(surface, "/mcp", "tools/call", {
        name: tool.exposedName,
        arguments: {},
        _meta,
      });
    }
  };
  await callAll();
  await asker.ask(path);
  await asker.ask(`${path}/test`, { method: "POST" });
  await asker.ask(`${path}/sync`, { method: "POST" });
  // What is refused changes nothing and repeats nothing.
  await asker.ask(path, {
    method: "PATCH",
    body: { config: { headers: { ...headers, "bad name": "x" } } },
  });
  await asker.ask(path, {
    method: "PATCH",
    body: { config: { url: "http://10.0.0.1/mcp", headers } },
  });
  await asker.ask(path, {
    method: "PATCH",
    body: { name: `${name} again`, config: { headers: changed } },
  });
  await callAll();
  const { items } = await asker.ask(`/api/v1/executions?limit=200&connection=${id}`);
  for (const execution of items as { id: string }[]) {
    await asker.ask(`/api/v1/executions/${execution.id}`);
    await asker.ask(`/api/v1/executions/${execution.id}/events`);
  }
  return id;
}

/** What belongs to no connection: lists, the description of the API, and inputs that are refused. */
async function askAtLarge(asker: Asker, headers: Headers, url: string): Promise<void> {
  for (const path of [
    "/api/openapi.json",
    "/api/docs",
    "/api/v1/me",
    "/api/v1/connections?limit=200",
    "/health/ready",
  ])
    await asker.ask(path);
  let cursor = "";
  do {
    const page = await asker.ask(`/api/v1/audit?limit=200${cursor && `&cursor=${cursor}`}`);
    cursor = String(page.nextCursor ?? "");
  } while (cursor !== "");
  const refused = (more: object) => ({
    connector: "mcp",
    name: "Refused",
    config: { url, headers, ...more },
  });
  const [secret = ""] = Object.values(headers);
  await asker.ask("/api/v1/connections", {
    body: refused({ headers: { "x-api-key": `${secret}\n` } }),
  });
  await asker.ask("/api/v1/connections", {
    body: refused({ headers: { "x-api-key": `${secret}é` } }),
  });
  await asker.ask("/api/v1/connections", { body: refused({ headers: [headers] }) });
  await asker.ask("/api/v1/connections", { body: refused({ url: "http://169.254.169.254/" }) });
  await asker.ask("/api/v1/connections", { body: refused({ token: headers }) });
  await asker.ask("/api/v1/connections", { body: `${JSON.stringify(refused({}))},` });
  await asker.ask("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } });
  await asker.ask("/api/v1/me", { headers: { authorization: `Bearer ${asker.apiKey}0` } });
  await asker.ask("/api/v1/me", { headers: { authorization: asker.apiKey } });
}

/** The secret in the cookie, the one place it is told. It has been used once. */
async function signIn(hub: HubProcess, token: string): Promise<string> {
  const { headers } = await fetch(`${hub.url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  const { status } = await fetch(`${hub.url}/api/v1/me`, { headers: { cookie } });
  if (status !== 200) throw new Error(`Who signed in is answered ${status} at /api/v1/me.`);
  return cookie.split("=")[1] ?? "";
}

/** Asks the hub and searches every answer, headers included. */
class Asker {
  readonly #hub: HubProcess;
  readonly #search: Search;
  readonly #where: string;

  constructor(hub: HubProcess, search: Search, where: string) {
    this.#hub = hub;
    this.#search = search;
    this.#where = where;
  }

  get apiKey(): string {
    return this.#hub.apiKey;
  }

  async ask(
    path: string,
    init: { method?: string; body?: unknown; headers?: Headers } = {},
  ): Promise<any> {
    const { body, headers = {} } = init;
    const method = init.method ?? (body === undefined ? "GET" : "POST");
    const response = await fetch(`${this.#hub.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#hub.apiKey}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return this.#read(`${method} ${path.replaceAll(/(con|tool|exe)_\w+/g, "$1_…")}`, response);
  }

  async mcp(
    surface: "mcp-2025" | "mcp-2026",
    path: string,
    method: string,
    params: Record<string, unknown> = {},
  ) {
    const response = await postMcp(this.#hub, surface, { method, path, params });
    return this.#read(`${surface} ${method}`, response);
  }

  async #read(request: string, response: Response): Promise<any> {
    const body = await response.text();
    this.#search.answers++;
    this.#search.in(
      `the answer to ${request} of ${this.#where}`,
      `${[...response.headers].join("\n")}\n${body}`,
    );
    try {
      return JSON.parse(body);
    } catch {
      return {};
    }
  }
}

/** Every file under the data folder. The master key is there on purpose; it must stand in its own file only. */
function searchFolder(search: Search, data: string, when: string): number {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const master = Object.values(
    JSON.parse(readFileSync(join(data, "master-keys.json"), "utf8")) as Record<string, string>,
  );
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const bytes = readFileSync(path);
    search.in(`the file ${relative(data, path)} ${when}`, bytes);
    if (file.name !== "master-keys.json" && master.some((key) => bytes.includes(key)))
      search.hit("the master key", "raw", `the file ${relative(data, path)} ${when}`);
  }
  return files.length;
}

async function watch(hub: HubProcess, search: Search) {
  let messages = 0;
  const socket = new WebSocket(`${hub.url.replace("http", "ws")}/api/v1/live`, {
    headers: { authorization: `Bearer ${hub.apiKey}` },
  });
  socket.addEventListener("message", ({ data }) => {
    messages++;
    search.in("a live message", String(data));
  });
  await new Promise((opened, failed) => {
    socket.addEventListener("open", opened);
    socket.addEventListener("error", failed);
  });
  return { messages: () => messages, close: () => socket.close() };
}
