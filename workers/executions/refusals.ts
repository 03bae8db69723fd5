import type { Admission } from "../limits";
import { HubError } from "../platform/errors";
import type { Plan } from "./plan";

type Waiting = Extract<Admission, { kind: "open" | "vendor_limited" }>;

/** Its server is left alone for a while: what the caller hears, and when to come again. */
export function leftAlone({ connection }: Plan, { kind, retryAfterMs }: Waiting): HubError {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  const details = { connection: connection.slug, retryAfterSeconds };
  if (kind === "vendor_limited")
    return new HubError(
      "rate_limited",
      `The server behind ${connection.name} limits its own calls and asked to wait. Try again in ${retryAfterSeconds} s.`,
      { details: { ...details, vendor: true } },
    );
  return new HubError(
    "circuit_open",
    `The server behind ${connection.name} failed repeatedly, so it is not asked for now. It is tried again in ${retryAfterSeconds} s.`,
    { details },
  );
}
