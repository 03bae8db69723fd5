import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { TeamLedger } from "../ledger/ledger.object";
import { upkeepKind } from "../ledger/upkeep";

type Stub = DurableObjectStub<TeamLedger>;
type Verbs = Record<string, (...args: unknown[]) => Promise<unknown>>;

/**
 * Does what the ledger's alarm does on a day, to the end or until something fails, with settings or bindings that
 * differ; then the object is evicted. True where nothing failed.
 */
export async function upkeepOf(ledger: Stub, other: Partial<Env> = {}): Promise<boolean> {
  const done = await runInDurableObject(ledger, async (_, state) => {
    const { sql, kv } = state.storage;
    const object = new TeamLedger(state, { ...env, ...other });
    kv.delete("retain_at");
    for (;;) {
      sql.exec("INSERT OR REPLACE INTO due VALUES (?, '', 0)", upkeepKind);
      await object.alarm();
      const { at } = sql
        .exec<{ at: number }>("SELECT at FROM due WHERE kind = ?", upkeepKind)
        .one();
      // At once again while there is more; tomorrow when all is done; in half a minute after a failure.
      if (at > Date.now() + 3_600_000) return true;
      if (at > Date.now()) return false;
    }
  });
  await evictDurableObject(ledger);
  return done;
}

/** The further objects of a ledger, where the k-th call of one of these methods fails: before it is done, or after. */
export function faultyShards(
  methods: readonly (keyof TeamLedger)[],
  { k, loss }: { k: number; loss: "before" | "after" },
): { TEAM_LEDGER: Env["TEAM_LEDGER"]; calls: () => number } {
  let calls = 0;
  const getByName = (name: string) =>
    new Proxy(env.TEAM_LEDGER.getByName(name), {
      get:
        (stub, method) =>
        async (...args: unknown[]) => {
          const asked = methods.some((one) => one === method);
          if (asked) calls += 1;
          const fails = asked && calls === k;
          if (fails && loss === "before") throw new Error("injected");
          // Called on the stub itself: what it gives out is no plain function.
          const answer = await (stub as unknown as Verbs)[String(method)]?.(...args);
          if (fails) throw new Error("injected after");
          return answer;
        },
    });
  return {
    TEAM_LEDGER: { getByName } as unknown as Env["TEAM_LEDGER"],
    calls: () => calls,
  };
}
