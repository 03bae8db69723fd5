import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Side } from "./faults.ts";

const VERSION = "io.modelcontextprotocol/protocolVersion";
const serverInfo = { name: "plugboard-faults", version: "1.0.0" };
const legacyVersions = ["2025-11-25", "2025-06-18", "2025-03-26"];
const modernVersion = "2026-07-28";

export const Message = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});
export type Message = z.infer<typeof Message>;

export type Era = "2025" | "2026";

interface Outcome {
  status: number;
  headers: Record<string, string>;
  body:
    | { result: Record<string, unknown> }
    | { error: { code: number; message: string; data?: unknown } };
}

export const sides: Partial<Record<string, Side>> = {
  initialize: "connect",
  "server/discover": "connect",
  "tools/list": "list",
  "tools/call": "call",
};

const text = { type: "object", properties: { text: { type: "string" } } };
const number = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };

export const probe = { name: "probe", description: "Says back its text.", inputSchema: text };
const count = { name: "count", description: "Notes its number.", inputSchema: number };
/** As the probe, and it may be called twice. */
const look = { ...probe, name: "look", annotations: { readOnlyHint: true } };

const Call = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

/** What a healthy server of either era answers. `only` makes it speak one era alone. */
export function healthy(message: Message, only?: Era): Outcome {
  const meta = z.record(z.string(), z.unknown()).safeParse(message.params["_meta"]).data ?? {};
  const asked = meta[VERSION];
  const modern = asked !== undefined || message.method === "server/discover";
  if (modern && only === "2025") return fail(400, -32000, "Bad Request: Server not initialized");
  if (!modern && only === "2026") return unsupported(message.params["protocolVersion"]);
  if (!modern) return { ...legacy(message), ...session(message) };
  if (asked === undefined) return fail(400, -32602, `_meta lacks ${VERSION}`);
  if (asked !== modernVersion) return unsupported(asked);
  const outcome = answer(message);
  if (!("result" in outcome.body)) return { ...outcome, status: 404 };
  const result = {
    resultType: "complete",
    _meta: { "io.modelcontextprotocol/serverInfo": serverInfo },
    ...(message.method === "tools/call" ? {} : { ttlMs: 0, cacheScope: "private" }),
    ...outcome.body.result,
  };
  return { ...outcome, body: { result } };
}

function legacy(message: Message): Outcome {
  if (message.method === "ping") return ok({});
  if (message.method !== "initialize") return answer(message);
  const asked = message.params["protocolVersion"];
  const protocolVersion = legacyVersions.find((version) => version === asked) ?? legacyVersions[0];
  return ok({ protocolVersion, capabilities: { tools: {} }, serverInfo });
}

const session = (message: Message) =>
  message.method === "initialize" ? { headers: { "mcp-session-id": randomUUID() } } : {};

function answer(message: Message): Outcome {
  switch (message.method) {
    case "server/discover":
      return ok({ supportedVersions: [modernVersion], capabilities: { tools: {} } });
    case "tools/list":
      return ok({ tools: [probe, count, look] });
    case "tools/call": {
      const call = Call.safeParse(message.params);
      if (!call.success) return fail(200, -32602, "A call needs a name and arguments.");
      const said = call.data.arguments["n"] ?? call.data.arguments["text"] ?? "";
      return ok({
        content: [
          {
            type: "text",
            text: `${call.data.name}: ${typeof said === "string" ? said : JSON.stringify(said)}`,
          },
        ],
      });
    }
    default:
      return fail(200, -32601, `Method not found: ${message.method}`);
  }
}

const ok = (result: Record<string, unknown>): Outcome => ({
  status: 200,
  headers: {},
  body: { result },
});

const fail = (status: number, code: number, message: string, data?: unknown): Outcome => ({
  status,
  headers: {},
  body: { error: { code, message, ...(data === undefined ? {} : { data }) } },
});

const unsupported = (requested: unknown) =>
  fail(400, -32022, "Unsupported protocol version", { supported: [modernVersion], requested });
