// The table of docs/performance.md: what was measured last of each promise, when, and on what machine.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Aim } from "./aims.ts";
import type { Results } from "./report.ts";

type Row = Aim & { at: string; machine: string };

const kept = "bench/measured.json";
const page = "docs/performance.md";
const [from, to] = ["<!-- measured -->", "<!-- /measured -->"];

/** Puts the rows of this run's sections in the place of their older ones. */
export function writeMeasured(aims: readonly Aim[], { machine }: Results): void {
  const older = existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as Row[]) : [];
  const sections = new Set(aims.map(({ section }) => section));
  const name = `${machine.cpus} × ${machine.model}, Node ${machine.node}`;
  const rows = [
    ...older.filter(({ section }) => !sections.has(section)),
    ...aims.map((aim): Row => ({ ...aim, at: machine.at.slice(0, 10), machine: name })),
  ].toSorted((a, b) => a.section.localeCompare(b.section));
  writeFileSync(kept, `${JSON.stringify(rows, null, 2)}\n`);
  const text = readFileSync(page, "utf8");
  const [head = "", rest = ""] = text.split(from);
  const tail = rest.split(to)[1] ?? "\n";
  writeFileSync(page, `${head}${from}\n\n${tableOf(rows)}\n\n${to}${tail}`);
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const tableOf = (rows: readonly Row[]): string =>
  [
    "| promise | kept | measured | section | date | machine |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ promise, kept: isKept, found, section, at, machine }) =>
        `| ${cell(promise)} | ${isKept ? "yes" : "**no**"} | ${cell(found)} | \`${section}\` | ${at} | ${cell(machine)} |`,
    ),
  ].join("\n");
