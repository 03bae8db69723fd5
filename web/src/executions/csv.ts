import type { Execution } from "../../../shared/contracts/executions";

/** A spreadsheet would run what begins like a formula. */
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columns: [name: string, of: (execution: Execution) => string | number | null][] = [
  ["id", ({ id }) => id],
  ["started_at", ({ startedAt }) => new Date(startedAt).toISOString()],
  ["status", ({ status }) => status],
  ["method", ({ method }) => method],
  ["connection", ({ connectionSlug }) => connectionSlug],
  ["name", ({ name }) => name],
  ["surface", ({ surface }) => surface],
  ["actor_kind", ({ actor }) => actor.kind],
  ["actor_id", ({ actor }) => actor.id],
  ["duration_ms", ({ durationMs }) => durationMs],
  ["server_ms", ({ upstreamMs }) => upstreamMs],
  ["error_code", ({ error }) => error?.code ?? null],
  ["error_message", ({ error }) => error?.message ?? null],
  ["request_id", ({ requestId }) => requestId],
];

/** The executions as CSV (RFC 4180), one line each below the names of the columns. */
export const csvOf = (executions: Iterable<Execution>): string[] => [
  `${columns.map(([name]) => name).join(",")}\r\n`,
  ...Array.from(
    executions,
    (execution) => `${columns.map(([, of]) => cell(of(execution))).join(",")}\r\n`,
  ),
];
