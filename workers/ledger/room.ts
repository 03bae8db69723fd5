/** An object holds 10 GB. What is left above this is for what was begun already, and for the records of calls. */
const mostBytes = 8_000_000_000;

export type Room = ReturnType<typeof openRoom>;

/** Whether there is room for what is kept besides the records: arguments, results and answers. */
export function openRoom(sql: Pick<SqlStorage, "databaseSize">, most = mostBytes) {
  return {
    /** For a further job, or an answer that is kept for convenience. */
    forMore: (): boolean => sql.databaseSize < most,
    /** For the result of a job that was taken when there was room for more. */
    forResults: (): boolean => sql.databaseSize < most + most / 8,
  };
}
