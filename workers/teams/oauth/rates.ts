import type { AttemptRule } from "../../limits";
import { networkOf } from "../../platform/address";
import { HubError } from "../../platform/errors";

const minute = 60_000;

/** What anybody may ask of the hub without signing in, and how often from one address. */
const rules = {
  register: { failures: 200, withinMs: 60 * minute, lockMs: 10 * minute },
  "client-document": { failures: 60, withinMs: 10 * minute, lockMs: 10 * minute },
  "client-secret": { failures: 30, withinMs: 10 * minute, lockMs: 10 * minute },
} as const satisfies Record<string, AttemptRule>;

/** Counts one more from this address. Throws `rate_limited` where it has used up what it may ask. */
export async function spend(env: Env, what: keyof typeof rules, address: string): Promise<void> {
  const object = env.ATTEMPTS.getByName(`oauth/${what}/${networkOf(address)}`);
  const waitMs = await object.begin(rules[what]);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new HubError(
    "rate_limited",
    `Too much was asked from this address. Try again in ${seconds} s.`,
    { details: { retryAfterSeconds: seconds } },
  );
}
