import { describeError, log } from "./log";

/** Work that goes on while nobody waits for it: what it fails with would be told to nobody, so the log has it. */
export const logFailure = (
  work: Promise<unknown>,
  of: { requestId?: string; teamId?: string } = {},
): Promise<unknown> =>
  work.catch((error: unknown) =>
    log("error", "background.failed", { ...of, error: describeError(error) }),
  );
