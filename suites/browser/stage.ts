// What the tests of one file play on: a browser, a hub of their own, and servers to connect.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { connect, startHubProcess, startProcess, type HubProcess } from "../hub-process.ts";
import { launchBrowser, openPage, type Dashboard, type View } from "./browser.ts";

export type Stage = {
  readonly browser: Browser;
  readonly hub: HubProcess;
  /** The URL of the fixture's MCP endpoint. */
  readonly fixtureUrl: string;
  /** A page of the dashboard. The test fails at its end if anything went wrong on it. */
  open: (view?: View) => Promise<Dashboard>;
};

type Setting = { connected?: boolean; env?: Record<string, string> };

/** Call it where the file begins. `connected` connects the fixture before the first test; `env` is the hub's. */
export function setStage({ connected = false, env = {} }: Setting = {}): Stage {
  let browser: Browser | undefined;
  let hub: HubProcess | undefined;
  let fixture: Awaited<ReturnType<typeof startProcess>> | undefined;

  beforeAll(async () => {
    [browser, hub, fixture] = await Promise.all([
      launchBrowser(),
      startHubProcess({
        env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0", ...env },
      }),
      startProcess("workers/testing/fixture/process.ts", [], /http:\S+\/mcp/),
    ]);
    if (connected) expect((await connect(hub, "Fixture", fixture.line)).status).toBe(201);
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    await fixture?.stop();
    hub?.clear();
  });

  return {
    get browser() {
      return present(browser);
    },
    get hub() {
      return present(hub);
    },
    get fixtureUrl() {
      return present(fixture).line;
    },
    open: async (view) => {
      const dashboard = await openPage(present(browser), present(hub), view);
      onTestFinished(async () => {
        await dashboard.context.close();
        expect(dashboard.watch.problems).toEqual([]);
      });
      return dashboard;
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The stage is set when the first test begins.");
  return value;
}
