// What people hear of jobs, in words.
import type { Job } from "../../../shared/contracts/jobs";
import type { Matter } from "../../notifications";

type Told = Pick<Job, "id" | "name" | "connectionSlug" | "status" | "finishedAt" | "actor">;

const endings: Record<Exclude<Job["status"], "queued" | "running">, string> = {
  succeeded: "It succeeded.",
  failed: "It failed.",
  cancelled: "It was cancelled.",
  timed_out: "Its server took too long; whether it took effect is not known.",
  lost: "The hub was interrupted; whether it took effect is not known.",
};

const pathOf = ({ id }: Told): string => `/jobs/${id}`;

/** To whoever asked for it. A job that is retried ends anew, and is told of anew. */
export const jobEnded = (job: Told, personId: string): Matter => ({
  kind: "job.ended",
  subjectId: job.id,
  matter: `job.ended/${job.id}/${job.finishedAt}`,
  title: `${job.name} has ended`,
  text: `Your job that ran ${job.name} on ${job.connectionSlug} is over. ${endings[job.status as keyof typeof endings] ?? ""}`,
  path: pathOf(job),
  audience: { owner: personId },
});

export const callbackFailed = (job: Told, host: string): Matter => ({
  kind: "job.callback_failed",
  subjectId: job.id,
  matter: `job.callback_failed/${job.id}/${job.finishedAt}`,
  title: `${host} could not be told that ${job.name} has ended`,
  text: `The job that ran ${job.name} on ${job.connectionSlug} has ended, but its callback was never answered with a 2xx status, and the hub does not try again. Read the result from the job, and see to ${host}.`,
  path: pathOf(job),
  audience: job.actor.personId === null ? { maker: null } : { owner: job.actor.personId },
});

/** Once an hour for each queue, however many messages there are. */
export const deadLetter = (queue: string, now: number): Matter => ({
  kind: "queue.dead_letter",
  subjectId: queue,
  matter: `queue.dead_letter/${queue}/${Math.floor(now / 3_600_000)}`,
  title: "Work of this team could not be done",
  text: `A message of the queue ${queue} failed each time it was tried, and was put aside. What it stood for is in the hub's log as queue.dead_letter.`,
  path: "/jobs",
  audience: { maker: null },
});
