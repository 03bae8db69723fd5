import { HubError } from "./errors";
import type { OutboundPolicy } from "./outbound";

/** How many admissions in any 60 seconds; undefined means no limit. Throws `unavailable` on what is no whole number. */
export function perMinute(
  env: Env,
  name: "PLUGBOARD_USER_PER_MINUTE" | "PLUGBOARD_CONNECTION_PER_MINUTE",
): number | undefined {
  const text: string = env[name];
  const limit = Number(text);
  if (text.trim() === "" || !Number.isInteger(limit) || limit < 0)
    throw new HubError("unavailable", `The setting ${name} must be a whole number of calls a minute (0 for no limit), not "${text}".`);
  return limit === 0 ? undefined : limit;
}

export function allowsLoopback(env: Env): boolean {
  return env.PLUGBOARD_ALLOW_LOOPBACK === "true";
}

let policy: { env: Env; policy: OutboundPolicy } | undefined;

/** What the outbound guard lets through in this deployment. */
export function outboundPolicy(env: Env): OutboundPolicy {
  if (policy?.env === env) return policy.policy;
  const dohUrl: string = env.PLUGBOARD_DOH_URL;
  policy = {
    env,
    policy: {
      allowLoopback: allowsLoopback(env),
      dohUrl: dohUrl === "" ? undefined : dohUrl,
      ownHosts: ownHosts(env),
      network: env.NET,
    },
  };
  return policy.policy;
}

/** The host names this hub answers at: a connection may not point back at it. */
export function ownHosts(env: Env): string[] {
  const names: string = env.PLUGBOARD_HOSTS;
  return names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
