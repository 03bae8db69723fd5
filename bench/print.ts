/** Progress: to stderr, so that stdout holds the result alone. */
export function tell(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

type Cell = string | number | null;

/** A number with as many digits as mean something. */
export function number(value: number | null, digits = 0): string {
  return value === null || Number.isNaN(value) ? "-" : value.toFixed(digits);
}

export const percent = (value: number | null) =>
  value === null || Number.isNaN(value) ? "-" : `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

/** A table as people read it: the first column to the left, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows].map((row) => row.map((cell) => String(cell ?? "-")));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const [first = [], ...others] = texts;
  return [
    line(first),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...others.map(line),
  ].join("\n");
}
