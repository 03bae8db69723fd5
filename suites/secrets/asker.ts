// The only way a suite asks a hub here: whatever comes back is searched.
import { postMcp, type HubProcess } from "../hub-process.ts";
import type { Search } from "./search.ts";
import type { Headers } from "./wardrobe.ts";

/** Asks the hub and searches every answer, headers included. */
export class Asker {
  readonly #hub: HubProcess;
  readonly #search: Search;
  readonly #where: string;
  /** Of the last answer. */
  status = 0;

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
    this.status = response.status;
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
