import type { JsonObject } from "../connectors";

type Message = { jsonrpc: "2.0"; id?: string; method: string; params: JsonObject };
export type Script = {
  tools: JsonObject[];
  prompts?: JsonObject[];
  resources?: JsonObject[];
  pageSize?: number;
  /** What it says about itself, beside its lists. */
  instructions?: string;
  serverInfo?: JsonObject;
  /** An answer instead of the usual one. */
  instead?: (
    message: Message,
    headers: Headers,
  ) => Response | undefined | Promise<Response | undefined>;
};

/**
 * For tests: a 2026-07-28 server whose lists can change between two requests, reached by what binds the way out to the
 * network. The fixture server cannot be made to change a tool.
 */
export function scriptedServer(script: Script) {
  const asked: { method: string; headers: Headers; params: JsonObject }[] = [];
  const lists: Record<string, () => [string, JsonObject[]]> = {
    "tools/list": () => ["tools", script.tools],
    "prompts/list": () => ["prompts", script.prompts ?? []],
    "resources/list": () => ["resources", script.resources ?? []],
    "resources/templates/list": () => ["resourceTemplates", []],
  };

  function resultOf({ method, params }: Message): JsonObject {
    const list = lists[method]?.();
    if (list) {
      const [field, items] = list;
      const from = Number(params["cursor"] ?? 0);
      const until = from + (script.pageSize ?? items.length);
      return {
        [field]: items.slice(from, until),
        ...(until < items.length ? { nextCursor: String(until) } : {}),
      };
    }
    if (method === "tools/call")
      return { content: [{ type: "text", text: `ran ${String(params["name"])}` }] };
    const capabilities = { tools: {}, prompts: {}, resources: {} };
    return {
      supportedVersions: ["2026-07-28"],
      capabilities,
      serverInfo: { name: "scripted", ...script.serverInfo },
      instructions: script.instructions,
    };
  }

  async function answer(_url: string, init: RequestInit): Promise<Response> {
    const message = JSON.parse(init.body as string) as Message;
    const headers = new Headers(init.headers as HeadersInit);
    asked.push({ method: message.method, headers, params: message.params });
    const other = await script.instead?.(message, headers);
    return (
      other ??
      Response.json({
        jsonrpc: "2.0",
        id: message.id,
        result: { resultType: "complete", ...resultOf(message) },
      })
    );
  }

  return {
    url: "https://scripted.acme.com/mcp",
    script,
    asked,
    /** The setting that leads requests here. */
    env: { NET: { fetch: answer } } as unknown as Partial<Env>,
  };
}
