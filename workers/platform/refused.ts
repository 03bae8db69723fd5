/**
 * True where a batch failed since a column may not be null. A batch that must not go through under a condition puts
 * null there: D1 has no transaction in which to look first.
 */
export function refusedNull(error: unknown, column: string): boolean {
  return (
    error instanceof Error &&
    `${error.message} ${String(error.cause)}`.includes(`NOT NULL constraint failed: ${column}`)
  );
}
