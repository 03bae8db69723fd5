import { refuse, type Refusal, type Span } from "../../ledger";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import type { Range } from "../asked";

const dayMs = 86_400_000;

/** From `since` to `until`, or the last day up to now. Throws `invalid_input` for what is no range, or too long a one. */
export function spanOf({ now }: Pick<Context, "now">, { since, until = now }: Range): Span {
  const span = { since: since ?? until - dayMs, until, now };
  const refusal = refuse(span);
  if (refusal) throw refused(refusal);
  return span;
}

export function refused({ field, sentence }: Refusal): HubError {
  return new HubError("invalid_input", `query.${field}: ${sentence}`, {
    details: { field: `query.${field}` },
  });
}
