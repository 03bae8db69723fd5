// What the project promises about speed, and whether a run kept it.
import type { Results } from "./report.ts";
import { number, percent } from "./print.ts";
import type { Section } from "./options.ts";

export type Aim = { section: Section; promise: string; found: string; kept: boolean };

export function aimsOf({
  calls = [],
  lists = [],
  large = [],
  starts,
  dashboard,
  vault,
  suites = [],
}: Results): Aim[] {
  const aims: Aim[] = [];
  const aim = (section: Section, promise: string, found: string, kept: boolean) =>
    aims.push({ section, promise, found, kept });
  for (const row of calls.filter(({ target }) => target.startsWith("hub"))) {
    if (row.concurrency === 1)
      aim(
        "calls",
        `${row.target}, at most 1.5 ms added for one caller`,
        `${number(row.addedP50, 2)} ms`,
        (row.addedP50 ?? NaN) <= 1.5,
      );
    else
      aim(
        "calls",
        `${row.target}, half of the forwarder's calls for ${row.concurrency} callers`,
        percent(row.ofForwarder),
        (row.ofForwarder ?? NaN) >= 0.5,
      );
    if (row.errors > 0) aim("calls", `${row.target}, no errors`, String(row.errors), false);
  }
  for (const row of lists.filter(({ tools }) => tools === 1000))
    aim(
      "lists",
      `1,000 tools at ${row.path} within 5 ms`,
      `${number(row.p50, 2)} ms`,
      row.p50 <= 5,
    );
  for (const row of large.filter(({ target }) => target.startsWith("hub")))
    aim(
      "large",
      `1 MB through ${row.target} within 5 ms`,
      `${number(row.p50, 2)} ms`,
      row.p50 <= 5,
    );
  if (vault)
    aim(
      "vault",
      "a sealed token opened within 0.3 ms",
      `${number(vault.openMs, 3)} ms`,
      vault.openMs < 0.3,
    );
  if (starts)
    aim("starts", "ready within 2 s", `${number(starts.againMs)} ms`, starts.againMs <= 2000);
  for (const { page, lcpMs, inpMs, cls } of dashboard?.phone ?? []) {
    aim("dashboard", `${page} painted within 2.5 s`, `${number(lcpMs)} ms`, lcpMs <= 2500);
    aim("dashboard", `${page} answers a hand within 200 ms`, `${number(inpMs)} ms`, inpMs <= 200);
    aim("dashboard", `${page} stands still (0.1)`, number(cls, 3), cls <= 0.1);
  }
  if (dashboard)
    aim(
      "dashboard",
      "another page within 100 ms (p95)",
      `${number(dashboard.routeP95Ms)} ms`,
      dashboard.routeP95Ms <= 100,
    );
  for (const { section, promise, line, broken } of suites)
    aim(
      section,
      promise,
      broken.length === 0 ? line : `${line} — ${broken.join("; ")}`,
      broken.length === 0,
    );
  return aims;
}

export const aimLines = (aims: readonly Aim[]): string =>
  aims
    .map(({ promise, found, kept }) => `${kept ? "kept  " : "MISSED"} ${promise}: ${found}`)
    .join("\n");
