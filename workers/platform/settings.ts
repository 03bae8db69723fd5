import { HubError } from "./errors";
import type { OutboundPolicy } from "./outbound";

/** Settings do not change while an environment lives, and every call needs them: each is read once. */
export function once<Value>(read: (env: Env) => Value): (env: Env) => Value {
  const known = new WeakMap<Env, { value: Value }>();
  return (env) => {
    let entry = known.get(env);
    if (!entry) known.set(env, (entry = { value: read(env) }));
    return entry.value;
  };
}

/** How many admissions in any 60 seconds; undefined means no limit. Throws `unavailable` on what is no whole number. */
export const personPerMinute = once((env) => readLimit(env, "PLUGBOARD_USER_PER_MINUTE"));
export const connectionPerMinute = once((env) => readLimit(env, "PLUGBOARD_CONNECTION_PER_MINUTE"));
/** How many admissions in a day (UTC); undefined means no limit. */
export const personPerDay = once((env) => readLimit(env, "PLUGBOARD_USER_PER_DAY"));

function readLimit(
  env: Env,
  name: "PLUGBOARD_USER_PER_MINUTE" | "PLUGBOARD_CONNECTION_PER_MINUTE" | "PLUGBOARD_USER_PER_DAY",
): number | undefined {
  const text: string = env[name];
  const limit = Number(text);
  const unit = name.endsWith("_DAY") ? "day" : "minute";
  if (text.trim() === "" || !Number.isInteger(limit) || limit < 0)
    throw new HubError(
      "unavailable",
      `The setting ${name} must be a whole number of calls a ${unit} (0 for no limit), not "${text}".`,
    );
  return limit === 0 ? undefined : limit;
}

export function allowsLoopback(env: Env): boolean {
  return env.PLUGBOARD_ALLOW_LOOPBACK === "true";
}

/** Whether each execution that has ended is a line of the log. */
export const logsExecutions = (env: Env): boolean => env.PLUGBOARD_LOG_EXECUTIONS === "true";

/** What the outbound guard lets through in this deployment. */
export const outboundPolicy = once((env): OutboundPolicy => {
  const dohUrl: string = env.PLUGBOARD_DOH_URL;
  return {
    allowLoopback: allowsLoopback(env),
    dohUrl: dohUrl === "" ? undefined : dohUrl,
    ownHosts: ownHosts(env),
    network: env.NET,
  };
});

/** The host names this hub answers at: a connection may not point back at it. */
export const ownHosts = once((env): string[] => {
  const names: string = env.PLUGBOARD_HOSTS;
  return names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
});

/** For how many days audit entries are kept. Throws `unavailable` on what is no whole number of days. */
export const auditDays = once((env): number => {
  const text: string = env.PLUGBOARD_AUDIT_DAYS;
  const days = Number(text);
  if (text.trim() !== "" && Number.isInteger(days) && days >= 1) return days;
  throw new HubError(
    "unavailable",
    `The setting PLUGBOARD_AUDIT_DAYS must be a whole number of days, at least 1, not "${text}".`,
  );
});

/** How many executions one object of a ledger holds. Where the setting is no whole number above 0, no ledger is divided. */
export const ledgerRows = once((env): number => {
  const text: string = env.PLUGBOARD_LEDGER_ROWS;
  const rows = Number(text);
  return text.trim() !== "" && Number.isInteger(rows) && rows >= 1 ? rows : Infinity;
});

/** Origins of other sites whose pages may call the hub with a key or token. */
export const corsOrigins = once((env): ReadonlySet<string> => {
  const origins: string = env.PLUGBOARD_CORS_ORIGINS;
  return new Set(
    origins
      .split(",")
      .map((origin) => origin.trim().toLowerCase().replace(/\/$/, ""))
      .filter((origin) => /^https?:\/\/[^/*]+$/.test(origin)),
  );
});

/** What sessions are signed and factors encrypted with. Throws `unavailable` where it is missing or short. */
export const authSecret = once((env): string => {
  const secret: string | undefined = env.PLUGBOARD_AUTH_SECRET;
  if (secret !== undefined && secret.length >= 32) return secret;
  throw new HubError(
    "unavailable",
    "The hub has no usable secret for sign-in. Set the secret PLUGBOARD_AUTH_SECRET to 32 random characters or more.",
  );
});
