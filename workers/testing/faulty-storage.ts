import { env } from "cloudflare:workers";

/** `before`: the call does nothing and fails. `after`: it does what it should, and its answer is lost. */
export type Loss = "before" | "after";

/**
 * The hub's storage (D1, KV, the team's gate and ledger, the queue of jobs) whose k-th call from now on fails. `calls`
 * tells how many there were: with a `k` that is never reached, how many there are to fail.
 */
export function faultyStorage(k: number, loss: Loss) {
  const calls: string[] = [];
  async function step<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    calls.push(name);
    const fails = calls.length === k;
    if (fails && loss === "before") throw new Error(`injected: ${name}`);
    const value = await work();
    if (fails) throw new Error(`injected after: ${name}`);
    return value;
  }

  const statements = new WeakMap<object, D1PreparedStatement>();
  function statement(real: D1PreparedStatement): D1PreparedStatement {
    const wrapped = {
      bind: (...values: unknown[]) => statement(real.bind(...values)),
      all: () => step("D1 all", () => real.all()),
      run: () => step("D1 run", () => real.run()),
      first: () => step("D1 first", () => real.first()),
      raw: () => step("D1 raw", () => real.raw()),
    } as unknown as D1PreparedStatement;
    statements.set(wrapped, real);
    return wrapped;
  }
  const DB = {
    prepare: (query: string) => statement(env.DB.prepare(query)),
    batch: (list: D1PreparedStatement[]) =>
      step("D1 batch", () => env.DB.batch(list.map((one) => statements.get(one) ?? one))),
  } as unknown as D1Database;

  const TOKENS = {
    get: (name: string) => step("KV get", () => env.TOKENS.get(name)),
    put: (name: string, value: string, options?: KVNamespacePutOptions) =>
      step("KV put", () => env.TOKENS.put(name, value, options)),
    delete: (name: string) => step("KV delete", () => env.TOKENS.delete(name)),
    list: (options?: KVNamespaceListOptions) => step("KV list", () => env.TOKENS.list(options)),
  } as unknown as KVNamespace;

  /** A stub each of whose methods can fail. */
  const stubs = (kind: string, real: { getByName: (name: string) => object }) => ({
    getByName: (name: string) =>
      new Proxy(real.getByName(name), {
        get: (stub, method) => {
          const known = Reflect.get(stub, method) as unknown;
          if (typeof known !== "function") return known;
          return (...args: unknown[]) =>
            step(
              `${kind} ${String(method)}`,
              () => Reflect.apply(known, stub, args) as Promise<unknown>,
            );
        },
      }),
  });
  const TEAM_GATE = stubs("gate", env.TEAM_GATE) as unknown as Env["TEAM_GATE"];
  const TEAM_LEDGER = stubs("ledger", env.TEAM_LEDGER) as unknown as Env["TEAM_LEDGER"];
  /** Its messages are delivered to nobody: a test rings the alarms itself. */
  const JOBS = {
    sendBatch: () => step("queue", async () => undefined),
  } as unknown as Env["JOBS"];

  return { env: { DB, TOKENS, TEAM_GATE, TEAM_LEDGER, JOBS } satisfies Partial<Env>, calls };
}
