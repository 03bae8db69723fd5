import type { PairRow } from "./against.ts";
import { aimLines, aimsOf } from "./aims.ts";
import type { CallRow } from "./calls.ts";
import type { Dashboard } from "./dashboard.ts";
import type { GrowthRow } from "./growth.ts";
import type { LargeRow } from "./large.ts";
import type { ListRow } from "./lists.ts";
import { number, percent, table } from "./print.ts";
import type { Profile } from "./profile.ts";
import type { Size } from "./size.ts";
import type { Starts } from "./starts.ts";
import type { SuiteRow } from "./suites.ts";
import type { Vault } from "./vault.ts";

export type Results = {
  machine: { cpus: number; model: string; node: string; at: string };
  calls?: CallRow[];
  pairs?: PairRow[];
  growth?: GrowthRow[];
  lists?: ListRow[];
  large?: LargeRow[];
  starts?: Starts;
  size?: Size;
  profile?: Profile[];
  dashboard?: Dashboard;
  vault?: Vault;
  suites?: SuiteRow[];
};

export function report(results: Results): string {
  const {
    machine,
    pairs,
    calls,
    growth,
    lists,
    large,
    starts,
    size,
    profile,
    dashboard,
    vault,
    suites,
  } = results;
  return [
    `${machine.cpus} × ${machine.model}, Node ${machine.node}, ${machine.at}`,
    ...(pairs ? [pairTable(pairs)] : []),
    ...(calls ? [callTable(calls)] : []),
    ...(growth ? [growthTable(growth)] : []),
    ...(lists ? [listTable(lists)] : []),
    ...(large ? [largeTable(large)] : []),
    ...(starts ? [startLines(starts)] : []),
    ...(size
      ? [`Worker: ${number(size.kilobytes)} KiB, ${number(size.gzipKilobytes)} KiB with gzip`]
      : []),
    ...(vault ? [`A sealed token is opened in ${number(vault.openMs, 3)} ms`] : []),
    ...(profile ?? []).map(profileTables),
    ...(dashboard ? [dashboardTables(dashboard)] : []),
    ...(suites ?? []).map(({ line }) => line),
    aimLines(aimsOf(results)),
  ].join("\n\n");
}

function pairTable(rows: readonly PairRow[]): string {
  return table(
    [
      "Calls here / there",
      "callers",
      "calls/s",
      "p50 ms",
      "ratio",
      "CPU µs/call",
      "ratio",
      "of pairs",
    ],
    rows.map(({ target, concurrency, here, there, p50, cpuPerCall, spread }) => [
      target,
      concurrency,
      `${number(here.callsPerSecond)} / ${number(there.callsPerSecond)}`,
      `${number(here.p50, 2)} / ${number(there.p50, 2)}`,
      number(p50, 2),
      `${number(here.cpuPerCall)} / ${number(there.cpuPerCall)}`,
      number(cpuPerCall, 2),
      spread.map((ratio) => number(ratio, 2)).join(" to "),
    ]),
  );
}

function callTable(rows: readonly CallRow[]): string {
  return table(
    [
      "Calls",
      "callers",
      "calls/s",
      "of forwarder",
      "p50 ms",
      "p95 ms",
      "p99 ms",
      "over direct",
      "CPU µs/call",
      "× forwarder",
      "MiB",
      "others",
      "errors",
    ],
    rows.map((row) => [
      row.target,
      row.concurrency,
      number(row.callsPerSecond),
      percent(row.ofForwarder),
      number(row.p50, 2),
      number(row.p95, 2),
      number(row.p99, 2),
      number(row.addedP50, 2),
      number(row.cpuPerCall),
      number(row.cpuOfForwarder, 1),
      number(row.residentMb),
      percent(row.others),
      row.errors === 0 ? "0" : `${row.errors}: ${row.firstError}`,
    ]),
  );
}

function growthTable(rows: readonly GrowthRow[]): string {
  return table(
    ["REST, 16 callers, after", "calls/s", "CPU µs/call", "p50 ms", "p99 ms", "MiB", "errors"],
    rows.map((row) => [
      `${row.before} calls`,
      number(row.callsPerSecond),
      number(row.cpuPerCall),
      number(row.p50, 2),
      number(row.p99, 2),
      number(row.residentMb),
      row.errors,
    ]),
  );
}

function listTable(rows: readonly ListRow[]): string {
  return table(
    ["tools/list", "tools", "KiB", "first ms", "p50 ms", "p95 ms", "CPU µs/call", "errors"],
    rows.map((row) => [
      row.path,
      row.tools,
      number(row.kilobytes),
      number(row.firstMs, 1),
      number(row.p50, 2),
      number(row.p95, 2),
      number(row.cpuPerCall),
      row.errors,
    ]),
  );
}

function largeTable(rows: readonly LargeRow[]): string {
  return table(
    ["A result of 1 MB", "p50 ms", "p95 ms", "CPU µs/call", "MiB", "errors"],
    rows.map((row) => [
      row.target,
      number(row.p50, 2),
      number(row.p95, 2),
      number(row.cpuPerCall),
      number(row.residentMb),
      row.errors,
    ]),
  );
}

function startLines(starts: Starts): string {
  return [
    `Start on an empty folder ${number(starts.firstMs)} ms, again ${number(starts.againMs)} ms, ${number(starts.residentMb)} MiB`,
    `First call after a start ${number(starts.firstCallMs, 1)} ms, second ${number(starts.secondCallMs, 1)} ms`,
  ].join("\n");
}

function profileTables(profile: Profile): string {
  const rows = (of: Profile["byFile"]) =>
    of.slice(0, 25).map(({ place, self, total }) => [place, percent(self), percent(total)]);
  return [
    `${profile.target} at 16 callers, ${number(profile.callsPerSecond)} calls/s under the profiler`,
    table(["by function", "self", "with callees"], rows(profile.byFunction)),
    table(["by file", "self", "with callees"], rows(profile.byFile)),
  ].join("\n\n");
}

function dashboardTables({ phone, lighthouse, activity, form, ...routes }: Dashboard): string {
  return [
    table(
      ["On a slow phone", "LCP ms", "whole ms", "CLS", "INP ms"],
      phone.map(({ page, lcpMs, readyMs, cls, inpMs }) => [
        page,
        number(lcpMs),
        number(readyMs),
        number(cls, 3),
        number(inpMs),
      ]),
    ),
    table(
      ["Lighthouse, mobile", "performance", "accessibility", "best practices"],
      lighthouse.map(({ page, performance, accessibility, bestPractices }) => [
        page,
        performance,
        accessibility,
        bestPractices,
      ]),
    ),
    [
      `From page to page p50 ${number(routes.routeP50Ms)} ms, p95 ${number(routes.routeP95Ms)} ms`,
      `Activity with ${activity.executions} calls: first ones after ${number(activity.firstMs)} ms, ${activity.rows} scrolled through at ${number(activity.framesPerSecond)} frames/s, p95 of a frame ${number(activity.p95FrameMs)} ms`,
      `The form of ${form.arguments} arguments after ${number(form.medianMs)} ms`,
    ].join("\n"),
  ].join("\n\n");
}
