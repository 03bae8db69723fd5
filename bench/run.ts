// `npm run bench`: what the hub costs beside a direct call and beside the barest gateway of the same runtime.
import { cpus } from "node:os";
import { build } from "../scripts/build.ts";
import { compareTrees } from "./against.ts";
import { aimsOf } from "./aims.ts";
import { compareCalls } from "./calls.ts";
import { timeDashboard } from "./dashboard.ts";
import { end } from "./ending.ts";
import { startUpstreams } from "./gateways.ts";
import { growUnderLoad } from "./growth.ts";
import { timeLargeResults } from "./large.ts";
import { timeLists } from "./lists.ts";
import { readOptions } from "./options.ts";
import { profileHub } from "./profile.ts";
import { report, type Results } from "./report.ts";
import { sizeOfWorker } from "./size.ts";
import { timeStarts } from "./starts.ts";
import { runSuites } from "./suites.ts";
import { timeVault } from "./vault.ts";
import { writeMeasured } from "./write.ts";

async function main(): Promise<void> {
  const options = readOptions();
  await build();
  const upstreams = await startUpstreams();
  const results: Results = {
    machine: {
      cpus: cpus().length,
      model: cpus()[0]?.model ?? "unknown processor",
      node: process.version,
      at: new Date().toISOString(),
    },
  };
  const wanted = new Set(options.only);
  if (options.against !== undefined)
    results.pairs = await compareTrees(upstreams, options.against, options);
  if (wanted.has("calls")) results.calls = await compareCalls(upstreams, options);
  if (wanted.has("growth")) results.growth = await growUnderLoad(upstreams, options);
  if (wanted.has("lists")) results.lists = await timeLists(upstreams, options);
  if (wanted.has("large")) results.large = await timeLargeResults(upstreams, options);
  if (wanted.has("starts")) results.starts = await timeStarts(upstreams, options);
  if (wanted.has("size")) results.size = await sizeOfWorker();
  if (wanted.has("profile")) results.profile = await profileHub(upstreams, options);
  if (wanted.has("vault")) results.vault = await timeVault();
  if (wanted.has("dashboard")) results.dashboard = await timeDashboard();
  const suites = await runSuites(wanted);
  if (suites.length > 0) results.suites = suites;
  if (options.write) writeMeasured(aimsOf(results), results);
  process.stdout.write(`${options.json ? JSON.stringify(results) : report(results)}\n`);
}

await main().then(
  () => end(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return end(1);
  },
);
