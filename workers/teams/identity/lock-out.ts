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
const wideRule: AttemptRule = { ...accountRule, failures: 100 };
export const mailRule: AttemptRule = { failures: 5, withinMs: hour, lockMs: hour };
const mailAccountRule: AttemptRule = { ...mailRule, failures: 20 };
export const mailNetworkRule: AttemptRule = { ...mailRule, failures: 30 };
export const signUpRule: AttemptRule = { ...mailRule, failures: 20 };
export const beginRule: AttemptRule = { ...mailRule, failures: 300 };

export type Attempt = { name: string; rule: AttemptRule; clears?: boolean };

/**
 * Tries to sign in with an email address, whether somebody has it or not: from one network, so that strangers keep
 * nobody out, and from all of them together.
 */
export async function bySignIn(email: string, address: string): Promise<Attempt[]> {
  const account = `account/${await sha256Hex(email.toLowerCase())}`;
  return [
    { name: `${account}/${networkOf(address)}`, rule: accountRule, clears: true },
    ...byAddress(address),
    { name: account, rule: wideRule },
  ];
}

/** Mails to an address that anybody can ask for. */
export async function byMail(what: string, email: string, address: string): Promise<Attempt[]> {
  const account = `${what}/${await sha256Hex(email)}`;
  return [
    { name: `${account}/${networkOf(address)}`, rule: mailRule },
    { name: account, rule: mailAccountRule },
  ];
}

const byPerson = (what: string) => (personId: string) => ({
  name: `${what}/${personId}`,
  rule: accountRule,
  clears: true,
});
/** What somebody signed in shows again. Whoever is not signed in moves neither. */
export const byPassword = byPerson("password");
export const byFactor = byPerson("factor");
/** The second step of signing in, after the right password. */
export const byChallenge = byPerson("challenge");

/** Where nothing says whence requests come, one's failures must not be another's: nothing is counted. */
export const byAddress = (
  address: string,
  what = "address",
  rule: AttemptRule = wideRule,
): Attempt[] => (address === "unknown" ? [] : [{ name: `${what}/${networkOf(address)}`, rule }]);

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
  const wait = await begin(env, attempts);
  if (wait > 0) throw lockedOut(wait);
}

/** The same without a word: whether there was room. */
export async function hasRoom(env: Env, attempts: readonly Attempt[]): Promise<boolean> {
  return (await begin(env, attempts)) === 0;
}

/** One after the other: what one counter refuses moves no other, or whoever is locked out could lock out more. */
async function begin(env: Env, attempts: readonly Attempt[]): Promise<number> {
  const counters = attempts.map(({ name }) => env.ATTEMPTS.getByName(name));
  for (const [place, { rule }] of attempts.entries()) {
    const wait = (await counters[place]?.begin(rule)) ?? 0;
    if (wait === 0) continue;
    await Promise.all(counters.slice(0, place).map((counter) => counter.forgive()));
    return wait;
  }
  return 0;
}

function lockedOut(waitMs: number): HubError {
  const seconds = Math.ceil(waitMs / 1000);
  return new HubError(
    "locked_out",
    `Too many tries failed. Wait ${Math.ceil(seconds / 60)} minutes, then try again.`,
    { details: { retryAfterSeconds: seconds } },
  );
}
