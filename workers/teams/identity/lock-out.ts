import type { AttemptRule } from "../../limits";
import { networkOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import { sha256Hex } from "../../platform/encoding";

const minute = 60_000;
const hour = 60 * minute;
const accountRule: AttemptRule = {
  failures: 10,
  withinMs: 15 * minute,
  lockMs: 15 * minute,
};
const addressRule: AttemptRule = { ...accountRule, failures: 100 };
export const mailRule: AttemptRule = { failures: 5, withinMs: hour, lockMs: hour };
export const mailAddressRule: AttemptRule = { ...mailRule, failures: 30 };
export const signUpRule: AttemptRule = { ...mailRule, failures: 20 };
export const beginRule: AttemptRule = { ...mailRule, failures: 300 };

export type Attempt = { name: string; rule: AttemptRule; clears?: boolean };

/** Whose tries are counted together: of one email address, whether somebody has it or not. */
export const byEmail = async (email: string): Promise<Attempt> => ({
  name: `account/${await sha256Hex(email.toLowerCase())}`,
  rule: accountRule,
  clears: true,
});

export const byFactor = (personId: string): Attempt => ({
  name: `factor/${personId}`,
  rule: accountRule,
  clears: true,
});

export const byAddress = (
  address: string,
  what = "address",
  rule: AttemptRule = addressRule,
): Attempt => ({ name: `${what}/${networkOf(address)}`, rule });

/**
 * Tries something that can be guessed. Every try counts before it is made; one that works is taken back. Throws
 * `locked_out` where too many failed, and what `work` throws.
 */
export async function attempt<Value>(
  env: Env,
  attempts: readonly Attempt[],
  work: () => Promise<Value>,
): Promise<Value> {
  await requireRoom(env, attempts);
  const value = await work();
  await Promise.all(
    attempts.map(({ name, clears }) => {
      const counted = env.ATTEMPTS.getByName(name);
      return clears ? counted.succeed() : counted.forgive();
    }),
  );
  return value;
}

/** Counts something that may be done so often. Throws `locked_out` beyond. */
export async function requireRoom(env: Env, attempts: readonly Attempt[]): Promise<void> {
  const waits = await Promise.all(
    attempts.map(({ name, rule }) => env.ATTEMPTS.getByName(name).begin(rule)),
  );
  const wait = Math.max(...waits);
  if (wait > 0) throw lockedOut(wait);
}

/** The same without a word: whether there was room. */
export async function hasRoom(env: Env, { name, rule }: Attempt): Promise<boolean> {
  return (await env.ATTEMPTS.getByName(name).begin(rule)) === 0;
}

function lockedOut(waitMs: number): HubError {
  const seconds = Math.ceil(waitMs / 1000);
  return new HubError(
    "locked_out",
    `Too many tries failed. Wait ${Math.ceil(seconds / 60)} minutes, then try again.`,
    { details: { retryAfterSeconds: seconds } },
  );
}
