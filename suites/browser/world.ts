// A hub in the middle of its life: servers that work, fail, changed and rest, and calls of every outcome.
import {
  ask,
  callTool,
  connect,
  freePort,
  postMcp,
  startHubProcess,
  startProcess,
  toolsOf,
  type HubProcess,
  type Tool,
} from "../hub-process.ts";
import { startChangingServer } from "./changing-server.ts";

export type World = {
  hub: HubProcess;
  connections: Record<"fixture" | "changed" | "failing" | "disabled", string>;
  /** A tool of the fixture by its name. */
  tool: (name: string) => string;
  executions: Record<"succeeded" | "failed" | "rich", string>;
  close: () => Promise<void>;
};

export async function makeWorld(): Promise<World> {
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--tools", "20"],
    /http:\S+\/mcp/,
  );
  const changing = await startChangingServer();
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const close = async () => {
    await hub.stop();
    await fixture.stop();
    changing.close();
    hub.clear();
  };
  try {
    const connections = {
      fixture: await idOf(connect(hub, "Fixture", fixture.line)),
      changed: await idOf(connect(hub, "Tickets", changing.url)),
      failing: await idOf(
        ask(hub, "/api/v1/connections", {
          body: {
            connector: "mcp",
            name: "Archive",
            config: { url: `http://127.0.0.1:${await freePort()}/mcp` },
            allowUnreachable: true,
          },
        }),
      ),
      disabled: await idOf(connect(hub, "Old wiki", `${fixture.line}?old`)),
    };
    await ask(hub, `/api/v1/connections/${connections.disabled}`, {
      method: "PATCH",
      body: { disabled: true },
    });
    changing.change();
    await ask(hub, `/api/v1/connections/${connections.changed}/sync`, { method: "POST" });
    const tools = await toolsOf(hub, connections.fixture);
    const executions = await callEverything(hub, tools);
    return { hub, connections, tool: (name) => named(tools, name).id, executions, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function idOf(answer: ReturnType<typeof ask>): Promise<string> {
  const { status, body } = await answer;
  if (status !== 201) throw new Error(`Connecting answered ${status}: ${JSON.stringify(body)}`);
  return body.id;
}

function named(tools: readonly Tool[], name: string): Tool {
  const found = tools.find((tool) => tool.name === name);
  if (!found) throw new Error(`The fixture lists no tool ${name}.`);
  return found;
}

async function callEverything(hub: HubProcess, tools: readonly Tool[]) {
  const call = async (name: string, args: object = {}): Promise<string> => {
    const { text } = await callTool(hub, "rest", { tool: named(tools, name), args });
    return (JSON.parse(text) as { execution: { id: string } }).execution.id;
  };
  const clientInfo = { name: "claude-code", title: "Claude Code", version: "2.1.0" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  await postMcp(hub, "mcp-2025", { method: "initialize", params });
  await callTool(hub, "mcp-2025", { tool: named(tools, "add"), args: { a: 20, b: 22 } });
  for (const message of ["one", "two", "three"]) await call("echo", { message });
  await call("test_image_content");
  await call("big_result", { kilobytes: 64 });
  const failed = await call("test_error_handling");
  const rich = await call("test_tool_with_progress");
  return { succeeded: await call("echo", { message: "hello" }), failed, rich };
}
