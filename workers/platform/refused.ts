/**
 * True where a batch failed since a column may not be null. A batch that must not go through under a condition puts
 * null there: D1 has no transaction in which to look first.
 */
export const refusedNull = (error: unknown, column: string): boolean =>
  saidBy(error).includes(`NOT NULL constraint failed: ${column}`);

/** True where a batch failed since another row has the value of a column, or the values of several. */
export const refusedTaken = (error: unknown, columns: string): boolean =>
  saidBy(error).includes(`UNIQUE constraint failed: ${columns}`);

const saidBy = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${String(error.cause)}` : "";
