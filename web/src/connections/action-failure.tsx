import { ApiError } from "../client";
import { ErrorNote } from "../ui/states";
import { adviceFor } from "./advice";

/** Why something was not done, and what to do about it. */
export function ActionFailure({ error, retry }: { error: Error; retry?: () => void }) {
  const advice = error instanceof ApiError ? adviceFor(error.code) : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-2 text-sm">
      <ErrorNote error={error} {...(retry ? { retry } : {})} />
      {advice ? <p>{advice}</p> : null}
    </div>
  );
}
