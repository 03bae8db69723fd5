import { openCachedAnswers } from "./cached-answers";
import { openClients } from "./clients";
import { openCredentialUses } from "./credential-uses";
import { openDue } from "./due";
import { openEvents } from "./events";
import { openCallbacks } from "./jobs/callback";
import { openJobs } from "./jobs/open";
import { toLiveJob } from "./jobs/records";
import { openWaiters } from "./jobs/wait";
import { openKeptAnswers } from "./kept-answers";
import { leaveKind, lookKind, openLeaving } from "./leaving";
import { openNews } from "./live/read-news";
import { openTickets } from "./live/tickets";
import { openViewers } from "./live/viewers";
import { openRecording } from "./recording";
import type { LedgerEntry } from "./records";
import { openRoom } from "./room";
import { tellEnded } from "./tell-ended";
import { openUpkeep, upkeepKind } from "./upkeep";
import { currentPlan } from "./team-plan";

/** What is kept for a time is looked through so often at most. */
const forgetEveryMs = 10 * 60_000;

export type Parts = ReturnType<typeof openParts>;

/** What a ledger is made of: each part keeps its own tables in the one storage. */
export function openParts({
  ctx,
  env,
  teamId,
  isErased,
  erase,
}: {
  ctx: DurableObjectState;
  env: Env;
  teamId: string;
  /** The team was deleted. */
  isErased: () => boolean;
  /** Erases all of it. */
  erase: () => Promise<void>;
}) {
  const { storage } = ctx;
  const { sql } = storage;
  const room = openRoom(sql);
  let tellsSoon = false;

  const events = openEvents(storage);
  const recording = openRecording({
    sql,
    events,
    jobs: () => jobs.rows,
    count: (ended) => upkeep.count(ended),
    tell: (ended) => tellEnded(env, teamId, ended),
    keep: (executionId, sealed) => {
      if (!room.forMore()) return;
      const until = keptAnswers.put(executionId, sealed, Date.now());
      due.setBy("answers.forget", "", until);
    },
  });
  const clients = openClients(sql);
  const uses = openCredentialUses(sql);
  const tickets = openTickets(sql);
  const keptAnswers = openKeptAnswers(sql);
  const cachedAnswers = openCachedAnswers(sql);
  const waiters = openWaiters();
  const due = openDue(storage, {
    "jobs.look": (_subject, now) => jobs.look(now),
    "jobs.retain": (_subject, now) => jobs.retain(now),
    "answers.forget": (_subject, now) => forgetAnswers(now),
    "job.forget": (id) => jobs.forget(id),
    "job.callback": (id, now) => tellEnd(id, "callback", now),
    "job.notify": (id, now) => tellEnd(id, "notice", now),
    [upkeepKind]: (_subject, now) => (isErased() ? undefined : upkeep.run(now)),
    [leaveKind]: (_subject, now) => leaving.erase(now),
    [lookKind]: () => leaving.look(erase),
  });
  const upkeep = openUpkeep({ storage, env, teamId, due, events, room });
  const leaving = openLeaving({ storage, env, teamId, due, shards: upkeep.shards });
  const jobs = openJobs({
    storage,
    due,
    room,
    addEvents,
    removeEvents: (jobIds) => events.remove(jobIds),
    plan: () => currentPlan(env, teamId),
    wake,
    ended: (jobId) => waiters.ended(jobId),
  });
  const jobOf = (id: string) => {
    const job = jobs.rows.find(id);
    return job ? toLiveJob(job) : null;
  };
  const viewers = openViewers(ctx, { readNews: openNews(sql, jobOf), last: events.last() });
  const callbacks = openCallbacks({ due, addEvents, rows: jobs.rows, shown: jobs.shown });

  return {
    events,
    recording,
    clients,
    uses,
    tickets,
    keptAnswers,
    cachedAnswers,
    waiters,
    due,
    upkeep,
    leaving,
    jobs,
    viewers,
    callbacks,
    tellSoon,
  };

  function addEvents(jobId: string, added: LedgerEntry["notes"]): void {
    events.add(jobId, added);
    tellSoon();
  }

  /** Tells the viewers once all that is written in this turn stands, and nothing of it can be taken back. */
  function tellSoon(): void {
    if (tellsSoon) return;
    tellsSoon = true;
    queueMicrotask(() => {
      tellsSoon = false;
      if (!isErased()) viewers.tellSoon(events.last());
    });
  }

  function forgetAnswers(now: number): number | undefined {
    const ends = [keptAnswers.forget(now), cachedAnswers.forget(now)];
    const next = Math.min(...ends.map((end) => end ?? Infinity));
    return next === Infinity ? undefined : Math.max(next, now + forgetEveryMs);
  }

  async function wake(jobIds: readonly string[]): Promise<void> {
    if (jobIds.length > 0)
      await env.JOBS.sendBatch(jobIds.map((jobId) => ({ body: { teamId, jobId } })));
  }

  /** Until somebody notes that it was told, it is asked for again. */
  async function tellEnd(jobId: string, what: "callback" | "notice", now: number): Promise<number> {
    await env.CALLBACKS.send({ teamId, jobId, what });
    return now + callbacks.askAgainMs;
  }
}
