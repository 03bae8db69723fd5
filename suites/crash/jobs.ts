// Jobs beside the calls while the hub is killed: each that was promised comes to its end, an unsafe one has its effect
// once at most, a safe one is run again.
import type { Job } from "../../shared/contracts/jobs.ts";
import { ask, type HubProcess, type Tool } from "../hub-process.ts";

/** Numbers of jobs begin here, so that they are told from those of calls. */
export const firstJob = 10_000_000;

export type JobTools = { unsafe: Tool[]; safe: Tool[] };
/** A job whose id somebody was given. */
export type Begun = { id: string; n: number; safe: boolean; cancelled: boolean };
/** Its end was promised in spite of so many kills. */
export type Promised = Begun & { kills: number };

export async function startJob(
  hub: HubProcess,
  tools: JobTools,
  n: number,
): Promise<Begun | undefined> {
  const safe = n % 2 === 0;
  const among = safe ? tools.safe : tools.unsafe;
  const tool = among[(n >> 1) % among.length];
  if (!tool) return undefined;
  await new Promise((wake) => setTimeout(wake, Math.random() * 1200));
  const asked = { toolId: tool.id, arguments: { n: firstJob + n } };
  const answer = await ask(hub, "/api/v1/jobs", { body: asked }).catch(() => undefined);
  if (answer?.status !== 202) return undefined;
  const { id } = answer.body;
  return { id, n: firstJob + n, safe, cancelled: n % 5 === 4 && (await cancel(hub, id)) };
}

/** Whether the hub took it: it may have, and died before it said so. */
async function cancel(hub: HubProcess, id: string): Promise<boolean> {
  await new Promise((wake) => setTimeout(wake, Math.random() * 300));
  const answer = await ask(hub, `/api/v1/jobs/${id}/cancel`, { method: "POST" }).catch(() => null);
  return answer === null || answer.status < 300;
}

const over: readonly Job["status"][] = ["succeeded", "failed", "lost", "cancelled"];

/** The jobs of these that have not come to an end yet. */
export async function stillOpen(hub: HubProcess, jobs: readonly Promised[]): Promise<Promised[]> {
  const open: Promised[] = [];
  for (const job of jobs) {
    const { body } = await ask(hub, `/api/v1/jobs/${job.id}`);
    if (!over.includes(body.status)) open.push(job);
  }
  return open;
}

/** What became of the jobs, by status, and what of it breaks the promise. */
export async function judgeJobs(
  hub: HubProcess,
  jobs: readonly Promised[],
  seen: readonly number[],
): Promise<{ statuses: Map<string, number>; broken: string[] }> {
  const statuses = new Map<string, number>();
  const broken: string[] = [];
  const times = new Map<number, number>();
  for (const n of seen) times.set(n, (times.get(n) ?? 0) + 1);
  for (const { id, n, safe, cancelled, kills } of jobs) {
    const most = safe ? kills + 1 : 1;
    const { status, body } = await ask(hub, `/api/v1/jobs/${id}`);
    const end: string = status === 200 ? body.status : `missing (${status})`;
    const sent = times.get(n) ?? 0;
    const kind = `${end} ${safe ? "safe" : "unsafe"}`;
    statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
    if (cancelled && end === "cancelled") {
      if (sent > most) broken.push(`the cancelled job ${id} was sent ${sent} times`);
      continue;
    }
    if (safe) {
      if (end !== "succeeded") broken.push(`the safe job ${id} is ${end}`);
      if (sent < 1 || sent > most) broken.push(`the safe job ${id} was sent ${sent} times`);
      continue;
    }
    if (end !== "succeeded" && end !== "lost") broken.push(`the unsafe job ${id} is ${end}`);
    if (sent > most) broken.push(`the unsafe job ${id} was sent ${sent} times`);
    if (end === "succeeded" && sent !== 1)
      broken.push(`the job ${id} succeeded without being sent`);
  }
  return { statuses, broken };
}
