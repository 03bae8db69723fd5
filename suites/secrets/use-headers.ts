// What can be done with a connection to an MCP server whose headers are secrets, and what is refused with them.
import type { Tool } from "../hub-process.ts";
import type { Asker } from "./asker.ts";
import type { Headers } from "./wardrobe.ts";

/** Everything that can be done with one connection, over every surface. */
export async function useConnection(
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
export async function askAtLarge(asker: Asker, headers: Headers, url: string): Promise<void> {
  for (const path of [
    "/api/openapi.json",
    "/api/docs",
    "/api/v1/me",
    "/api/v1/connections?limit=200",
    "/api/v1/metrics",
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
