// The official SDK clients of both generations, behind one face, as a person's MCP host uses them.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export const clientKinds = ["sdk 1", "sdk 2 legacy", "sdk 2 auto", "sdk 2 pinned"] as const;
export type ClientKind = (typeof clientKinds)[number];

/** What the protocol calls them, with results as plain JSON. */
// Tests look into answers of many shapes.
type Loose = any;
export type HostClient = {
  /** The revision the two agreed on. */
  revision: string | undefined;
  tools: () => Promise<Loose[]>;
  prompts: () => Promise<Loose[]>;
  resources: () => Promise<Loose[]>;
  templates: () => Promise<Loose[]>;
  call: (name: string, args?: object, onProgress?: (progress: number) => void) => Promise<Loose>;
  prompt: (name: string, args?: Record<string, string>) => Promise<Loose>;
  read: (uri: string) => Promise<Loose>;
  complete: (ref: Loose, argument: { name: string; value: string }) => Promise<string[]>;
  /** The questions it was asked. */
  asked: Loose[];
  close: () => Promise<void>;
};

const info = { name: "suite", version: "1.0.0" };
const capabilities = { elicitation: { form: {} } };
const accepted = {
  action: "accept" as const,
  content: { name: "Ada", username: "ada", email: "ada@example.com", color: "blue" },
};

export async function openClient(
  kind: ClientKind,
  target: { url: string; apiKey: string },
): Promise<HostClient> {
  const requestInit = { headers: { authorization: `Bearer ${target.apiKey}` } };
  return kind === "sdk 1"
    ? openOld(target.url, requestInit)
    : openNew(kind, target.url, requestInit);
}

async function openOld(url: string, requestInit: RequestInit): Promise<HostClient> {
  const client = new OldClient(info, { capabilities });
  const asked: unknown[] = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked.push(params);
    return accepted;
  });
  const transport = new OldTransport(new URL(url), { requestInit });
  await client.connect(transport);
  return {
    revision: transport.protocolVersion,
    asked,
    tools: async () => (await client.listTools()).tools,
    prompts: async () => (await client.listPrompts()).prompts,
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    call: (name, args = {}, onProgress) =>
      client.callTool(
        { name, arguments: { ...args } },
        undefined,
        onProgress ? { onprogress: ({ progress }) => onProgress(progress) } : {},
      ),
    prompt: (name, args) => client.getPrompt({ name, ...(args ? { arguments: args } : {}) }),
    read: (uri) => client.readResource({ uri }),
    complete: async (ref, argument) => (await client.complete({ ref, argument })).completion.values,
    close: () => client.close(),
  };
}

const modes = {
  "sdk 2 legacy": "legacy",
  "sdk 2 auto": "auto",
  "sdk 2 pinned": { pin: "2026-07-28" },
} as const;

async function openNew(
  kind: keyof typeof modes,
  url: string,
  requestInit: RequestInit,
): Promise<HostClient> {
  const client = new Client(info, { capabilities, versionNegotiation: { mode: modes[kind] } });
  const asked: unknown[] = [];
  client.setRequestHandler("elicitation/create", ({ params }) => {
    asked.push(params);
    return accepted;
  });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return {
    revision: client.getNegotiatedProtocolVersion(),
    asked,
    tools: async () => (await client.listTools()).tools,
    prompts: async () => (await client.listPrompts()).prompts,
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    call: (name, args = {}, onProgress) =>
      client.callTool(
        { name, arguments: { ...args } },
        onProgress ? { onprogress: ({ progress }) => onProgress(progress) } : {},
      ),
    prompt: (name, args) => client.getPrompt({ name, ...(args ? { arguments: args } : {}) }),
    read: (uri) => client.readResource({ uri }),
    complete: async (ref, argument) => (await client.complete({ ref, argument })).completion.values,
    close: () => client.close(),
  };
}
