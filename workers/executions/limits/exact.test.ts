import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { faultyStorage, type Loss } from "../../testing/faulty-storage";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../../testing/team";

const free = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

/** A team with a tool, and a limit of its person's. */
async function limitedTeam(limit: { perMinute?: number; perDay?: number }) {
  const team = await createTeam();
  await connectServer(team);
  const { id } = await toolNamed(team, "echo");
  await team.ask(`/api/v1/limits/settings/person/${team.personId}`, { method: "PUT", body: limit });
  const call = (settings: Partial<Env> = free) =>
    team.ask(`/api/v1/tools/${id}/call`, { body: { arguments: { message: "x" } }, env: settings });
  return { team, call };
}

async function used(team: TestTeam): Promise<number[]> {
  const { body } = await team.ask("/api/v1/limits", { env: free });
  return body.own.map((use: { used: number }) => use.used);
}

/** Calls the server was asked with. */
async function executionsOf(team: TestTeam): Promise<number> {
  const { body } = await team.ask("/api/v1/executions?limit=200");
  return body.items.length;
}

const countOf = (answers: readonly { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe("calls of a hub at a limit of 30, hundreds at once", () => {
  it("are exactly 30, whichever window refuses", async () => {
    const { team, call } = await limitedTeam({ perMinute: 30, perDay: 30 });
    const answers = await Promise.all(Array.from({ length: 300 }, () => call()));
    expect(countOf(answers, 200)).toBe(30);
    expect(countOf(answers, 429)).toBe(270);
    expect(await used(team)).toEqual([30, 30]);
    await expect.poll(() => executionsOf(team)).toBe(30);
  }, 60_000);

  it("never are more when the gate is evicted in the middle", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { team, call } = await limitedTeam({ perDay: 30 });
    const gate = env.TEAM_GATE.getByName(team.id);
    const first = Array.from({ length: 100 }, () => call());
    const evicted = scheduler.wait(5).then(() => evictDurableObject(gate));
    const answers = await Promise.all(first);
    await evicted;
    answers.push(...(await Promise.all(Array.from({ length: 100 }, () => call()))));
    expect(await used(team)).toEqual([30]);
    expect(countOf(answers, 200)).toBeLessThanOrEqual(30);
    expect(await call()).toMatchObject({ status: 429 });
    await expect.poll(() => executionsOf(team)).toBeLessThanOrEqual(30);
    vi.restoreAllMocks();
  }, 60_000);
});

/** Every step at which storage can fail while a call is made, one after the other. */
describe.each<{ loss: Loss }>([{ loss: "before" }, { loss: "after" }])(
  "storage that fails at any step ($loss)",
  ({ loss }) => {
    it("lets no call through that is not counted, and counts none twice", async () => {
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const { team, call } = await limitedTeam({ perDay: 200 });
      const clean = faultyStorage(Infinity, loss);
      await call({ ...free, ...clean.env });
      const steps = clean.calls.length;
      expect(clean.calls).toContain("gate admit");
      let [before = 0] = await used(team);
      for (let k = 1; k <= steps; k++) {
        const faulty = faultyStorage(k, loss);
        const answer = await call({ ...free, ...faulty.env });
        const [after = 0] = await used(team);
        const step = `${k}: ${faulty.calls[k - 1]} (${answer.status})`;
        expect(after - before, step).toBeLessThanOrEqual(1);
        if (answer.status === 200) expect(after - before, step).toBe(1);
        before = after;
      }
      await expect.poll(() => executionsOf(team)).toBe(before);
      expect(await call()).toMatchObject({ status: 200 });
      vi.restoreAllMocks();
    }, 60_000);
  },
);
