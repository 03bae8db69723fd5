import type { TestProject } from "vitest/node";
import { startCollector } from "./collector.ts";
import { startFaults } from "./faults/server.ts";
import { serveFixture } from "./fixture/serve.ts";
import { startVendor } from "./vendor/server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    fixtureUrl: string;
    legacyFixtureUrl: string;
    faultsUrl: string;
    vendorUrl: string;
    collectorUrl: string;
  }
}

/** Real servers for the tests inside workerd to connect to. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const fixture = await serveFixture({ port: 0 });
  const legacyFixture = await serveFixture({ port: 0, era: "legacy" });
  const faults = await startFaults();
  const vendor = await startVendor();
  const collector = await startCollector();
  project.provide("fixtureUrl", fixture.url);
  project.provide("legacyFixtureUrl", legacyFixture.url);
  project.provide("faultsUrl", `http://127.0.0.1:${faults.port}`);
  project.provide("vendorUrl", vendor.url);
  project.provide("collectorUrl", collector.url);
  return async () => {
    await fixture.close();
    await legacyFixture.close();
    await faults.close();
    await vendor.close();
    await collector.close();
  };
}
