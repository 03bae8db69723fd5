import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openRecord, openSecret } from "../credentials";
import { faultyStorage, type Loss } from "../testing/faulty-storage";
import { offerConnector } from "../testing/offer-connector";
import {
  forgetAll,
  renewingConnection,
  renewingConnector,
  type Renewing,
} from "../testing/renewing";
import type { ConnectionSession } from "./session.object";

const connector = "renewing-faults";
offerConnector(renewingConnector(connector));
afterAll(() => forgetAll(connector));

/** The session at work in a storage whose k-th call fails; `calls` says how many there were. */
async function renewIn(at: Renewing, k: number, loss: Loss): Promise<number> {
  const faulty = faultyStorage(k, loss);
  const asked = { teamId: at.team.id, connectionId: at.id, force: true };
  await runInDurableObject(at.session, async (session: ConnectionSession) => {
    const open = session as unknown as { env: Env };
    open.env = { ...env, ...faulty.env };
    await session.token(asked).catch(() => undefined);
    open.env = env;
  });
  return faulty.calls.length;
}

const recover = (at: Renewing) =>
  runInDurableObject(at.session, (session: ConnectionSession) => session.alarm());

/** Whatever went before: the token in use is alive, and everybody knows of it alone. */
async function expectsWhole(at: Renewing): Promise<number> {
  await recover(at);
  const row = await at.row();
  const known = { id: row.credentialId ?? "", version: row.credentialVersion };
  const given = await at.session.token({ teamId: at.team.id, connectionId: at.id, known });
  if (!given.ok) throw new Error(`No token: ${given.failure.message}`);
  await recover(at);
  const now = await at.row();
  const ref = { id: given.credentialId, version: given.version };
  expect({ id: now.credentialId, version: now.credentialVersion }).toEqual(ref);
  const kept = await openRecord(env, at.team.id, ref, given.sealed);
  expect(await openSecret({ env, teamId: at.team.id }, ref)).toEqual(kept);
  expect(await at.isAlive(kept["accessToken"] ?? "")).toBe(true);
  const noted = "SELECT version FROM credentials WHERE id = ?";
  expect(await env.DB.prepare(noted).bind(ref.id).first("version")).toBe(ref.version);
  const { keys } = await env.TOKENS.list({ prefix: `t/${at.team.id}/c/${ref.id}/` });
  expect(keys.map(({ name }) => Number(name.split("/").at(-1)))).toEqual([ref.version]);
  return ref.version;
}

it.each<Loss>(["before", "after"])(
  "a renewal whose storage fails %s each of its calls loses no token, and tells everybody in the end",
  async (loss) => {
    const at = await renewingConnection(connector);
    let version = 1;
    for (let k = 1; ; k++) {
      const calls = await renewIn(at, k, loss);
      const next = await expectsWhole(at);
      expect(next).toBeGreaterThanOrEqual(version);
      version = next;
      if (k > calls) break;
      // A sweep that touches nothing would prove nothing.
      expect(k).toBeLessThan(40);
    }
    expect(version).toBeGreaterThan(5);
  },
);

it("whatever happens in whatever order, the token in use is the newest", async () => {
  const step = fc.oneof(
    fc.constant({ kind: "asked" as const }),
    fc.constant({ kind: "refused" as const }),
    fc.constant({ kind: "recovered" as const }),
    fc.constant({ kind: "signed in" as const }),
    fc.record({
      kind: fc.constant("failed" as const),
      k: fc.integer({ min: 1, max: 14 }),
      loss: fc.constantFrom<Loss>("before", "after"),
    }),
  );
  const at = await renewingConnection(connector);
  const highest = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      for (const one of steps) {
        const { credentialId, credentialVersion } = await at.row();
        const known = { id: credentialId ?? "", version: credentialVersion };
        const asked = { teamId: at.team.id, connectionId: at.id, known };
        if (one.kind === "asked") await Promise.all([1, 2, 3].map(() => at.session.token(asked)));
        else if (one.kind === "refused")
          await at.session.token({ ...asked, than: credentialVersion });
        else if (one.kind === "recovered") await recover(at);
        else if (one.kind === "signed in") await at.reconnect();
        else await renewIn(at, one.k, one.loss);
      }
      const version = await expectsWhole(at);
      const { credentialId } = await at.row();
      expect(version).toBeGreaterThanOrEqual(highest.get(credentialId ?? "") ?? 0);
      highest.set(credentialId ?? "", version);
    }),
    { numRuns: 5 },
  );
});
