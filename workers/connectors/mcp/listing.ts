import { HubError } from "../../platform/errors";
import type { Discovered } from "./discover";
import { paramHeaders } from "../../../shared/mcp/param-headers";
import { isObject, type JsonObject } from "../../../shared/json";

export const maxTools = 5000;
const maxPages = 500;
const maxNameLength = 256;
const maxListingLength = 8 * 1024 * 1024;
// A row of D1 holds 2 MB: the accepted and the pending definition, in up to three bytes a character.
const maxDefinitionLength = 250_000;

/** Everything a server offers, as it says it, less what no client could use. */
export type Listing = {
  tools: JsonObject[];
  resources: JsonObject[];
  resourceTemplates: JsonObject[];
  prompts: JsonObject[];
  /** What was left out and why, one sentence each. */
  warnings: string[];
};

/** Reads every page of every list the server declares. Throws `upstream_invalid` on a listing that does not end. */
export async function readListing(server: Discovered): Promise<Listing> {
  const { capabilities } = server;
  const offers = (feature: string) => isObject(capabilities[feature]);
  const [tools, resources, resourceTemplates, prompts] = [
    offers("tools") ? await readPages(server, "tools/list", "tools") : [],
    offers("resources") ? await readPages(server, "resources/list", "resources") : [],
    offers("resources")
      ? await readPages(server, "resources/templates/list", "resourceTemplates")
      : [],
    offers("prompts") ? await readPages(server, "prompts/list", "prompts") : [],
  ];
  const warnings: string[] = [];
  return {
    tools: keep(tools, { what: "tool", key: "name", judge: judgeTool, warnings }),
    resources: keep(resources, { what: "resource", key: "uri", judge: () => undefined, warnings }),
    resourceTemplates: keep(resourceTemplates, {
      what: "resource template",
      key: "uriTemplate",
      judge: () => undefined,
      warnings,
    }),
    prompts: keep(prompts, { what: "prompt", key: "name", judge: () => undefined, warnings }),
    warnings,
  };
}

async function readPages(server: Discovered, method: string, field: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let length = 0;
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const reply = await server.ask(method, cursor === undefined ? {} : { cursor });
    if ("error" in reply) {
      // Templates are listed by few servers that offer resources.
      if (method === "resources/templates/list" && page === 0) return [];
      throw new HubError("upstream_error", `The server answered ${method} with an error.`, {
        details: { upstreamCode: reply.error.code },
      });
    }
    const found = reply.result[field];
    if (!Array.isArray(found))
      throw new HubError(
        "upstream_invalid",
        `The server answered ${method} without a list of ${field}.`,
      );
    for (const item of found) items.push(item);
    length += JSON.stringify(found).length;
    if (length > maxListingLength)
      throw new HubError(
        "upstream_too_large",
        `The server's ${method} answers with more than ${maxListingLength / 1024 / 1024} MiB over its pages. Connect a smaller part of it.`,
      );
    if (items.length > maxTools)
      throw new HubError(
        "upstream_too_large",
        `The server lists more than ${maxTools} ${field}. Connect a smaller part of it.`,
      );
    const next = reply.result["nextCursor"];
    if (typeof next !== "string") return items;
    if (seen.has(next))
      throw new HubError(
        "upstream_invalid",
        `The server's ${method} goes round in a circle: it repeats a cursor.`,
      );
    seen.add(next);
    cursor = next;
  }
  throw new HubError(
    "upstream_too_large",
    `The server's ${method} does not end: more than ${maxPages} pages.`,
  );
}

function judgeTool(tool: JsonObject): string | undefined {
  const schema = tool["inputSchema"];
  if (!isObject(schema)) return "has no input schema";
  if (schema["type"] !== undefined && schema["type"] !== "object")
    return "takes no object as its arguments";
  const headers = paramHeaders(schema);
  return headers.ok ? undefined : `breaks the protocol: ${headers.reason}`;
}

type Keeping = {
  what: string;
  key: string;
  judge: (item: JsonObject) => string | undefined;
  warnings: string[];
};

function keep(items: readonly unknown[], { what, key, judge, warnings }: Keeping): JsonObject[] {
  const known = new Set<string>();
  return items.flatMap((item): JsonObject[] => {
    const name = isObject(item) ? item[key] : undefined;
    const leaveOut = (reason: string) => {
      if (warnings.length < 50) warnings.push(reason);
      return [];
    };
    if (!isObject(item) || typeof name !== "string" || name === "")
      return leaveOut(`A ${what} without a ${key} was left out.`);
    const shown = printable(name);
    if (name.length > (key === "name" ? maxNameLength : 4096))
      return leaveOut(`The ${what} ${shown} was left out: its ${key} is too long.`);
    if (!isPlain(name))
      return leaveOut(`The ${what} ${shown} was left out: its ${key} holds control characters.`);
    if (JSON.stringify(item).length > maxDefinitionLength)
      return leaveOut(`The ${what} ${shown} was left out: its definition is too long.`);
    if (known.has(name))
      return leaveOut(`The ${what} ${shown} is listed twice; the first was kept.`);
    known.add(name);
    const fault = judge(item);
    return fault === undefined
      ? [item]
      : leaveOut(`The ${what} ${shown} was left out: it ${fault}.`);
  });
}

/** What a database and a header can carry unchanged. */
function isPlain(name: string): boolean {
  return name.isWellFormed() && !/\p{Cc}/u.test(name);
}

function printable(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(short.replace(/[\p{C}]/gu, "�"));
}
