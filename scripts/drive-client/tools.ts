import { argumentsFor, inputFor, mirrored, type Schema, type Tool } from "./answers.ts";
import { signIn, type Connection, type Context } from "./connect.ts";
import { refusalOf, type Answer, type Hub } from "./hub.ts";

const version = "2026-07-28";
const mostRounds = 10;
const mostStepUps = 2;

type Driven = { connection: Connection; context: Context };

/** Calls every tool once, or those the context names as it names them. True where each was answered. */
export async function callTools(hub: Hub, { connection, context }: Driven): Promise<boolean> {
  const tools = await listTools(hub, connection);
  console.log(`It offers ${tools.map(({ name }) => name).join(", ") || "no tools"}.`);
  const calls = (context.toolCalls ?? []).flatMap(({ name, arguments: args }) => {
    const tool = tools.find((one) => one.name === name);
    return tool ? [{ tool, args: allowed(tool.inputSchema, args) }] : [];
  });
  if (context.toolCalls === undefined)
    calls.push(
      ...tools.map((tool) => ({
        tool,
        args: argumentsFor(tool.inputSchema, tools[0]?.inputSchema),
      })),
    );
  let answered = true;
  let stepUps = 0;
  for (const { tool, args } of calls) {
    let outcome = await callTool(hub, connection, { tool, args });
    while (outcome === "needs_sign_in" && stepUps++ < mostStepUps) {
      await signIn(hub, { connector: "mcp", connectionId: connection.id });
      outcome = await callTool(hub, connection, { tool, args });
    }
    console.log(`${tool.name}: ${outcome}`);
    answered &&= outcome === "answered";
  }
  return answered;
}

/** What the schema has no null for is left out. */
const allowed = ({ properties = {} }: Schema, args: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(args).filter(
      ([name, value]) => value !== null || [properties[name]?.type].flat().includes("null"),
    ),
  );

async function listTools(hub: Hub, connection: Connection): Promise<Tool[]> {
  const tools: Tool[] = [];
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await request(hub, connection, { method: "tools/list", params });
    if (answer.body?.result === undefined)
      throw new Error(`The hub listed no tools: ${JSON.stringify(answer.body)}`);
    tools.push(...answer.body.result.tools);
    cursor = answer.body.result.nextCursor;
  } while (cursor !== undefined);
  return tools;
}

type Outcome = "answered" | "needs_sign_in" | `refused: ${string}`;

/** One call up to its result: what it asks for in between is answered by its schema. */
async function callTool(
  hub: Hub,
  connection: Connection,
  { tool, args }: { tool: Tool; args: Record<string, unknown> },
): Promise<Outcome> {
  let round: Record<string, unknown> = {};
  for (let rounds = 0; rounds < mostRounds; rounds++) {
    const answer = await request(hub, connection, {
      method: "tools/call",
      params: { name: tool.name, arguments: args, ...round },
      headers: { "mcp-name": tool.name, ...mirrored(tool.inputSchema, args) },
    });
    const result = answer.body?.result;
    const code = codeOf(answer);
    if (code === "connection_needs_auth" || code === "upstream_unauthorized")
      return "needs_sign_in";
    if (code !== undefined || answer.body === undefined) return `refused: ${refusalOf(answer)}`;
    // A server's own error is an answer: it is passed on as it is.
    if (result === undefined) return "answered";
    if (result.resultType !== "input_required") return "answered";
    const { inputRequests = {}, requestState } = result;
    const responses = Object.entries<any>(inputRequests).map(([key, asked]) => [
      key,
      inputFor(asked),
    ]);
    round = {
      inputResponses: Object.fromEntries(responses),
      ...(requestState === undefined ? {} : { requestState }),
    };
  }
  return "refused: it asks on and on";
}

const codeOf = ({ body }: Answer): string | undefined =>
  body?.error?.data?.code ?? body?.result?._meta?.["io.plugboard/error"]?.code;

let lastId = 0;

function request(
  hub: Hub,
  { slug }: Connection,
  asked: { method: string; params: Record<string, unknown>; headers?: Record<string, string> },
): Promise<Answer> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientCapabilities": {
      elicitation: { form: {} },
      sampling: {},
      roots: {},
    },
    "io.modelcontextprotocol/clientInfo": { name: "drive-client", version: "1" },
  };
  return hub.ask(`/mcp/c/${slug}`, {
    headers: {
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": version,
      "mcp-method": asked.method,
      ...asked.headers,
    },
    body: {
      jsonrpc: "2.0",
      id: ++lastId,
      method: asked.method,
      params: { ...asked.params, _meta },
    },
  });
}
