import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { connectServer, type TestAnswer, type TestRequest, type TestTeam } from "./team";

/** What reached a fault of the fault server so far. */
export async function seenAt(
  fault: string,
): Promise<{ calls: number; hangups: number; counted: number[] }> {
  return (await fetch(`${env.FAULTS_URL}/f/${fault}/seen`)).json();
}
/** How often a call with this number has reached the fault. */
export const timesSeen = async (fault: string, n: number): Promise<number> =>
  (await seenAt(fault)).counted.filter((one) => one === n).length;

/** Numbers that no other test of this run sends: a call is told from others by its own. */
let number = Math.floor(Math.random() * 1e9);
export const nextNumber = (): number => (number += 1);

export type TestTool = { id: string; connectionId: string };

/** Connects a fault and finds its tool that notes numbers. `safe`: it may be run again. */
export async function countingTool(
  team: TestTeam,
  fault: string,
  { safe = false, name = "count" } = {},
): Promise<TestTool> {
  // A few have a port of their own.
  const faults: Record<string, { url: string }> = await (
    await fetch(`${env.FAULTS_URL}/faults`)
  ).json();
  const url = faults[fault]?.url ?? "";
  const { body } = await connectServer(team, { url, name: `${fault} ${nextNumber()}` });
  const { body: listed } = await team.ask(`/api/v1/tools?connection=${body.id}&limit=50`);
  const tool = listed.items.find((one: { name: string }) => one.name === name);
  if (safe)
    await team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: { runsAgain: true } });
  return { id: tool.id, connectionId: body.id };
}

export const makeJob = (
  team: TestTeam,
  tool: Pick<TestTool, "id">,
  input: object = {},
  init: TestRequest = {},
): Promise<TestAnswer> =>
  team.ask("/api/v1/jobs", { ...init, body: { toolId: tool.id, ...input } });

/** A queue that takes messages and delivers none. */
export const deafQueue = {
  JOBS: { sendBatch: async () => undefined, send: async () => undefined },
} as unknown as Partial<Env>;

/** Without the limits of calls a minute. */
export const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

/** A job that nothing has woken. */
export async function sleepingJob(
  team: TestTeam,
  tool: Pick<TestTool, "id">,
  input: object = {},
): Promise<string> {
  const made = await makeJob(team, tool, input, { env: { ...deafQueue, ...unlimited } });
  expect(made.status).toBe(202);
  return made.body.id;
}

export const readJob = async (team: TestTeam, id: string) =>
  (await team.ask(`/api/v1/jobs/${id}`)).body;

/** The job once it has ended. */
export async function endedJob(team: TestTeam, id: string, timeout = 10_000) {
  await expect
    .poll(async () => (await readJob(team, id)).finishedAt, { timeout, interval: 50 })
    .toEqual(expect.any(Number));
  return readJob(team, id);
}

export const ledgerOf = ({ id }: TestTeam) => env.TEAM_LEDGER.getByName(id);
export const gateOf = ({ id }: TestTeam) => env.TEAM_GATE.getByName(id);
/** The runner that sees to this job, or would. */
export async function runnerOf(team: TestTeam, jobId: string) {
  const lane = (await ledgerOf(team).laneFor(jobId)) ?? 0;
  return env.JOB_RUNNER.getByName(`${team.id}/${lane}`);
}

/** What a message does, without the queue. */
export async function wakeJob(team: TestTeam, jobId: string): Promise<void> {
  const lane = (await ledgerOf(team).laneFor(jobId)) ?? 0;
  await env.JOB_RUNNER.getByName(`${team.id}/${lane}`).wake(team.id, { lane, jobId });
}

/** The types of a job's own events, oldest first. */
export async function eventTypes(team: TestTeam, id: string): Promise<string[]> {
  const { body } = await team.ask(`/api/v1/jobs/${id}/events?limit=200`);
  return body.items
    .filter((event: { jobId?: string }) => event.jobId === id)
    .map(({ type }: { type: string }) => type);
}
