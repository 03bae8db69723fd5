import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { faultyStorage, type Loss } from "../../testing/faulty-storage";
import {
  countingTool,
  deafQueue,
  ledgerOf,
  makeJob,
  nextNumber,
  readJob,
  runnerOf,
  wakeJob,
  sleepingJob,
  timesSeen,
  unlimited,
  type TestTool,
} from "../../testing/jobs";
import { createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
const tools: Record<string, TestTool> = {};
beforeAll(async () => {
  team = await createTeam();
  tools["safe"] = await countingTool(team, "healthy", { safe: true });
  tools["unsafe"] = await countingTool(team, "healthy");
});

const over = ["succeeded", "failed", "cancelled", "timed_out", "lost"];

/** The alarms of the ledger and of the runner ring until the job has ended; `late` is due at once. */
async function bringToAnEnd(id: string) {
  for (let turn = 0; turn < 40; turn++) {
    const job = await readJob(team, id);
    if (over.includes(job.status)) return job;
    await runInDurableObject(ledgerOf(team), (_ledger, { storage }) => {
      storage.sql.exec("UPDATE due SET at = 0 WHERE kind = 'jobs.look'");
      storage.sql.exec("UPDATE jobs SET due_at = 0 WHERE id = ?", id);
    });
    await runDurableObjectAlarm(ledgerOf(team));
    await scheduler.wait(20);
    await runDurableObjectAlarm(await runnerOf(team, id));
  }
  throw new Error(`The job ${id} is stuck.`);
}

type Kept = { id: string; bodies: number };
const keptOf = (ids: readonly string[]): Promise<Kept[]> =>
  runInDurableObject(ledgerOf(team), (_ledger, { storage }) =>
    storage.sql
      .exec<Kept>(
        `SELECT id, (SELECT count(*) FROM job_bodies WHERE job_id = id) AS bodies FROM jobs
         WHERE id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(ids),
      )
      .toArray(),
  );

it.each<Loss>(["before", "after"])(
  "a job that is made while storage fails %s each call is there whole or not at all, and is made once",
  async (loss) => {
    for (let k = 1; ; k++) {
      const n = nextNumber();
      const headers = { "idempotency-key": `sweep-${n}` };
      const input = { arguments: { n } };
      const faulty = faultyStorage(k, loss);
      const tool = tools["unsafe"] ?? { id: "" };
      const made = await makeJob(team, tool, input, {
        headers,
        env: { ...unlimited, ...faulty.env },
      });
      // Whoever got no job asks again, with the same key.
      const again = await makeJob(team, tool, input, {
        headers,
        env: { ...unlimited, ...deafQueue },
      });
      expect(again.status).toBe(202);
      if (made.status === 202) expect(made.body.id).toBe(again.body.id);
      else expect([500, 503]).toContain(made.status);
      expect(await keptOf([again.body.id])).toEqual([{ id: again.body.id, bodies: 1 }]);
      expect(await bringToAnEnd(again.body.id)).toMatchObject({ status: "succeeded" });
      expect(await timesSeen("healthy", n)).toBe(1);
      if (k > faulty.calls.length) {
        // A sweep that touches nothing would prove nothing.
        expect(faulty.calls.join()).toContain("ledger createJob");
        expect(faulty.calls.join()).toContain("queue");
        break;
      }
    }
  },
  60_000,
);

it.each<[string, Loss]>([
  ["unsafe", "before"],
  ["unsafe", "after"],
  ["safe", "before"],
  ["safe", "after"],
])(
  "a job of a tool that is %s comes to an end, whichever call of its runner fails (%s it is done)",
  async (kind, loss) => {
    const ends = new Set<string>();
    for (let k = 1; ; k++) {
      const n = nextNumber();
      const id = await sleepingJob(team, tools[kind] ?? { id: "" }, { arguments: { n } });
      const faulty = faultyStorage(k, loss);
      await wakeJob(team, id);
      await runInDurableObject(await runnerOf(team, id), async (runner) => {
        const open = runner as unknown as { env: Env; alarm: () => Promise<void> };
        open.env = { ...env, ...faulty.env };
        await open.alarm();
        // What is told in the background is told by now.
        await scheduler.wait(30);
        open.env = env;
      });
      const job = await bringToAnEnd(id);
      ends.add(job.status);
      const ran = await timesSeen("healthy", n);
      if (kind === "unsafe") expect(ran, `call ${k} of the runner`).toBeLessThanOrEqual(1);
      if (job.status === "succeeded") {
        expect(ran).toBeGreaterThanOrEqual(1);
        expect(job.result).toMatchObject({ content: [{ type: "text" }] });
      }
      if (kind === "safe") expect(job.status).toBe("succeeded");
      else expect(["succeeded", "lost"]).toContain(job.status);
      if (k > faulty.calls.length) {
        expect(faulty.calls.join()).toContain("ledger endAttempt");
        expect(faulty.calls.join()).toContain("gate admit");
        break;
      }
    }
    expect(ends).toContain("succeeded");
  },
  60_000,
);
