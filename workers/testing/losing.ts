// For tests: parts of a deployment that are away for a while.
import { env } from "cloudflare:workers";

type Objects = "TEAM_GATE" | "TEAM_LEDGER" | "CONNECTION_SESSION";

/** The objects of a binding, whose next answers to `method` are lost. */
export function losing(binding: Objects, method: string, times: number): Partial<Env> {
  let left = times;
  const getByName = (name: string) =>
    new Proxy(env[binding].getByName(name), {
      get: (stub, key) => {
        if (key === method && left-- > 0)
          return () => Promise.reject(new Error("Network connection lost."));
        return (...args: unknown[]) =>
          (stub as unknown as Record<PropertyKey, (...given: unknown[]) => unknown>)[key]?.(
            ...args,
          );
      },
    });
  return { [binding]: { getByName } };
}

/** A registry whose next writes of notices fail. */
export function losingNotices(times: number): D1Database {
  let left = times;
  return {
    prepare: (query: string) => {
      if (query.startsWith('insert into "notices"') && left-- > 0) throw new Error("down");
      return env.DB.prepare(query);
    },
  } as unknown as D1Database;
}
