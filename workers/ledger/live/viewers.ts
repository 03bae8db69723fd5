import type { LiveMessage } from "../../../shared/contracts/live";
import { Frames, newsOf, type News } from "./frames";
import type { Read, Span } from "./read-news";
import { Recent } from "./recent";
import { sees } from "./sight";
import { openWatching, type Group, type Watching, type Wishes } from "./watching";

/** Who watches: whose access their socket stands on, what exists for them, and how they want it. */
export type Viewer = {
  /** The team's epoch the Worker let them in at. */
  epoch: number;
  /** The ids of the person, and of the session, key or grant they came with. */
  ids: string[];
  hidden: string[];
  /** When their session, key or token ends by itself. */
  expiresAt: number | null;
} & Partial<Wishes>;

/** Whose sockets close, by the ids they came with, as of an epoch. */
export type CutOff = {
  epoch: number;
  ended: readonly string[];
  changed: readonly string[] | "everyone";
};

/** Their access ended; it is another one now; they fell behind; or they said what nobody understands. */
const closeCodes = { ended: 4401, changed: 4408, behind: 4429, senseless: 4400 } as const;
const closeReasons = {
  ended: "Your access has ended.",
  changed: "Your access has changed. Come back.",
  behind: "This is as much as you get without acknowledging it. Come back with since=",
  senseless: 'Only {"ack": <sequence number>} and ping are understood here.',
} as const;

/**
 * Milliseconds that what happens waits for what else happens, so that it goes to many in fewer frames. With few viewers
 * nothing waits.
 */
const gatherMs = (viewers: number): number => (viewers < 50 ? 0 : Math.min(250, viewers / 2));

/** One object holds no more than some thousand sockets. */
const mostViewers = 5000;
/** Nobody holds more than a fifth of them, nor any one key or session. */
const mostOfOne = (viewers: number): number => Math.ceil(viewers / 5);
/** How many messages go out together at most. */
const chunk = 50;
/** After this many messages another one's turn comes. */
const turn = 500;
/** Whoever missed more loads everything anew. */
const maxMissed = 50_000;

/**
 * The sockets of one team's live stream. Everybody is told what happens as it happens; who cannot take it, or comes
 * back, reads on from SQLite at their own pace.
 */
export function openViewers(
  ctx: DurableObjectState,
  {
    readNews,
    last,
    most = mostViewers,
  }: { readNews: (span: Span) => Read; last: number; most?: number },
) {
  const { kv } = ctx.storage;
  const watching = openWatching(ctx);
  const recent = new Recent(last);
  /** Everybody who is not behind has been told everything up to here; what came since waits for a moment. */
  let told = kv.get<number>("told") ?? last;
  let newest = last;
  let gathering = false;
  /** Whoever was let in at an older epoch may have been cut off since. */
  let cutOffAt = kv.get<number>("cut_off_at") ?? 0;
  goOn();

  return {
    full,
    accept,
    tellSoon,
    tell,
    tellPeople,
    heard,
    cutOff,
    endAll,
    forget: (socket: WebSocket): void => watching.forget(socket),
  };

  /** Whether there is no room for one more who comes with these ids: at all, or of their own. */
  function full(ids: readonly string[]): "all" | "own" | null {
    if (watching.count() >= most) return "all";
    return ids.some((id) => watching.with([id]).size >= mostOfOne(most)) ? "own" : null;
  }

  /** Lets a viewer in, who has what happened up to `since`. `keptAfter`: what came before may have been deleted. */
  function accept(
    socket: WebSocket,
    viewer: Viewer,
    { since, keptAfter }: { since: number | null; keptAfter: number },
  ): void {
    tellNow();
    const { epoch, ids, hidden, expiresAt } = viewer;
    const { only = null, form = "one", acks = false } = viewer;
    const one = watching.accept(socket, { ids, hidden, expiresAt, only, form, acks });
    if (epoch < cutOffAt) return close(one, "changed");
    const kept = since === null || (since <= told && since >= keptAfter && !isTooFar(since));
    // The cursor of whoever goes on is not moved by a greeting: what they missed comes after it.
    say(one, newsOf({ type: "hello", seq: told }, kept ? (since ?? told) : told));
    if (!kept) return say(one, newsOf({ type: "reset", seq: told }));
    if (since === null || since === told) return;
    one.from = since;
    readOn(one);
  }

  function isTooFar(from: number): boolean {
    return told - from > maxMissed;
  }

  /** Events up to this one are in SQLite, for good: everybody who may see them is told. */
  function tellSoon(seq: number): void {
    newest = seq;
    if (gathering) return;
    const ms = gatherMs(watching.count());
    if (ms === 0) return tellNow();
    gathering = true;
    // Should the memory go in between: what waits here is not yet told.
    kv.put("told", told);
    setTimeout(tellNow, ms);
  }

  function tellNow(): void {
    if (gathering) kv.delete("told");
    gathering = false;
    if (watching.count() > 0) return tellUpTo(newest);
    told = newest;
    recent.clear(told);
  }

  function tellUpTo(seq: number): void {
    while (told < seq) {
      const { news, upTo } = readNews({ after: told, upTo: seq, limit: chunk, only: null });
      recent.add(news);
      for (const group of watching.groups())
        tellGroup(
          group,
          news.filter(({ subject }) => sees(group.sight, subject)),
        );
      told = upTo;
    }
  }

  function tellGroup({ viewers }: Group, news: readonly News[]): void {
    if (news.length === 0) return;
    const frames = new Frames(news, told);
    for (const viewer of viewers) {
      if (viewer.from !== null) continue;
      if (viewer.unheard.isFull(viewer.acks)) fallBehind(viewer);
      else send(viewer, frames);
    }
  }

  /** To everybody whom it concerns. It is not replayed. */
  function tell(message: LiveMessage): void {
    const news = newsOf(message);
    for (const { sight, viewers } of watching.groups())
      if (sight.only === null && sees(sight, news.subject))
        for (const viewer of viewers) say(viewer, news);
  }

  /** To whoever of these people watches, and nobody else. */
  function tellPeople(people: readonly string[], message: LiveMessage): void {
    const news = newsOf(message);
    for (const viewer of watching.with(people)) if (viewer.only === null) say(viewer, news);
  }

  function say(viewer: Watching, news: News): void {
    if (viewer.from === null && viewer.unheard.isFull(viewer.acks)) fallBehind(viewer);
    if (viewer.from === null) send(viewer, new Frames([news], viewer.told));
    else if (!viewer.missed) {
      viewer.missed = true;
      watching.save(viewer);
    }
  }

  function send(viewer: Watching, frames: Frames): void {
    if (viewer.expiresAt !== null && Date.now() >= viewer.expiresAt) return close(viewer, "ended");
    try {
      for (const text of frames.in(viewer.form)) viewer.socket.send(text);
    } catch {
      // They are gone; they read what they missed when they come back.
      return watching.forget(viewer.socket);
    }
    viewer.told = frames.parcel.seq;
    viewer.unheard.add(frames.parcel);
  }

  function fallBehind(viewer: Watching): void {
    if (!viewer.acks) return close(viewer, "behind");
    viewer.from = told;
    watching.save(viewer);
  }

  /** They read what they missed, as far as they can take it; whoever is through is told what happens from then on. */
  function readOn(viewer: Watching): void {
    for (let looked = 0; viewer.from !== null && watching.has(viewer.socket); looked += chunk) {
      if (viewer.unheard.isFull(viewer.acks)) {
        if (!viewer.acks) return close(viewer, "behind");
        break;
      }
      if (looked >= turn) {
        goOnSoon(viewer);
        break;
      }
      readChunk(viewer, viewer.from);
    }
    if (!watching.has(viewer.socket)) return;
    if (viewer.from === null && viewer.missed) {
      viewer.missed = false;
      send(viewer, new Frames([newsOf({ type: "reset", seq: told })], told));
    }
    watching.save(viewer);
  }

  function readChunk(viewer: Watching, after: number): void {
    if (isTooFar(after)) {
      viewer.missed = true;
      viewer.from = null;
      return;
    }
    const { sight } = viewer.group;
    const { news, upTo, done } =
      recent.after(after, chunk) ?? readNews({ after, upTo: told, limit: chunk, only: sight.only });
    const seen = news.filter(({ subject }) => sees(sight, subject));
    if (seen.length > 0) send(viewer, new Frames(seen, after));
    viewer.from = done ? null : upTo;
  }

  function goOnSoon(viewer: Watching): void {
    if (viewer.due) return;
    viewer.due = true;
    setTimeout(() => {
      viewer.due = false;
      if (watching.has(viewer.socket)) readOn(viewer);
    }, 1);
  }

  /** What a viewer says: up to where they have what they were sent. */
  function heard(socket: WebSocket, text: string | ArrayBuffer): void {
    const viewer = watching.find(socket);
    if (!viewer) return;
    const seq = typeof text === "string" ? ackedIn(text) : undefined;
    if (seq === undefined) return close(viewer, "senseless");
    if (!viewer.acks) {
      viewer.acks = true;
      watching.save(viewer);
    }
    viewer.unheard.heard(seq);
    if (viewer.from !== null) readOn(viewer);
  }

  function cutOff({ epoch, ended, changed }: CutOff): void {
    cutOffAt = Math.max(cutOffAt, epoch);
    kv.put("cut_off_at", cutOffAt);
    for (const viewer of watching.with(ended)) close(viewer, "ended");
    const back = changed === "everyone" ? watching.all() : watching.with(changed);
    for (const viewer of back) close(viewer, "changed");
  }

  function endAll(): void {
    for (const viewer of watching.all()) close(viewer, "ended");
  }

  function close(viewer: Watching, why: keyof typeof closeCodes): void {
    watching.forget(viewer.socket);
    const since = why === "behind" ? String(viewer.told) : "";
    viewer.socket.close(closeCodes[why], closeReasons[why] + since);
  }

  /** Whoever was behind when the object left the memory reads on; what was not told yet is. */
  function goOn(): void {
    for (const viewer of watching.all()) if (viewer.from !== null) goOnSoon(viewer);
    if (told === newest) return;
    gathering = true;
    setTimeout(tellNow, 1);
  }
}

function ackedIn(text: string): number | undefined {
  try {
    const { ack } = JSON.parse(text.slice(0, 100)) as { ack?: unknown };
    return typeof ack === "number" && ack >= 0 ? ack : undefined;
  } catch {
    return undefined;
  }
}
