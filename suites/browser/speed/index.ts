import type { Dashboard } from "../../../bench/dashboard.ts";
import { atEnd } from "../../../bench/ending.ts";
import { tell } from "../../../bench/print.ts";
import { connect, startHubProcess, startProcess, toolsOf } from "../../hub-process.ts";
import { launchBrowser } from "../browser.ts";
import { startUnrulyServer } from "../unruly-server.ts";
import { timeActivity } from "./activity.ts";
import { askLighthouse } from "./lighthouse.ts";
import { addExecutions } from "./many-executions.ts";
import { timeOnPhone } from "./phone.ts";
import { timeForm, timeRoutes } from "./routes.ts";

const executions = 100_000;

export async function measureDashboard(): Promise<Dashboard> {
  const fixture = await startProcess("workers/testing/fixture/process.ts", [], /http:\S+\/mcp/);
  atEnd(fixture.stop);
  const unruly = await startUnrulyServer();
  atEnd(unruly.close);
  const limits = { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" };
  const before = await startHubProcess({ env: limits });
  atEnd(before.clear);
  atEnd(() => before.stop());
  const { body: connection } = await connect(before, "Fixture", fixture.line);
  const { body: measureless } = await connect(before, "Unruly", unruly.url);
  const tools = await toolsOf(before, connection.id);
  const wide = (await toolsOf(before, measureless.id)).find(({ name }) => name === "wide");
  await addExecutions(before, tools, executions);
  const hub = await before.restart();
  atEnd(() => hub.stop());
  const browser = await launchBrowser();
  atEnd(() => browser.close());
  const stage = { browser, hub };
  const echo = tools.find(({ name }) => name === "echo")?.id ?? "";

  tell("a phone");
  const phone = await timeOnPhone(stage, [
    ["Home", "/"],
    ["Connections", "/connections"],
    ["Connection", `/connections/${connection.id}`],
    ["Playground", `/playground/${echo}`],
    ["Activity", "/activity"],
    ["AI clients", "/clients"],
  ]);
  tell("from page to page");
  const routes = await timeRoutes(stage);
  tell(`Activity with ${executions} executions`);
  const activity = { executions, ...(await timeActivity(stage)) };
  tell("a large form");
  const form = await timeForm(stage, wide?.id ?? "");
  tell("Lighthouse");
  const lighthouse = await askLighthouse(stage, [
    ["Home", "/"],
    ["Connections", "/connections"],
  ]);
  return { phone, ...routes, activity, form, lighthouse };
}
