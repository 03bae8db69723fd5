import { DurableObject } from "cloudflare:workers";
import type { McpClient } from "../../shared/contracts/clients";
import type { ArchiveFile } from "../../shared/contracts/archives";
import type { ExecutionSeries, ExecutionSummary } from "../../shared/contracts/charts";
import type { Execution, ExecutionEvent } from "../../shared/contracts/executions";
import type { LiveMessage } from "../../shared/contracts/live";
import type { Job } from "../../shared/contracts/jobs";
import type { Page } from "../../shared/contracts/pages";
import { emptyTables } from "../platform/empty-tables";
import type { ArchivesAsked } from "./archive";
import type { CachedAnswer, NewCachedAnswer } from "./cached-answers";
import { seriesOf, summaryOf, topOf, type SeriesAsked, type Top, type TopAsked } from "./charts";
import type { ClientFilter, SeenClient } from "./clients";
import type { CredentialUse, SeenCredential } from "./credential-uses";
import type { IdRange } from "./history";
import type { CallbackNote, DueCallback } from "./jobs/callback";
import { listJobs, type JobFilter } from "./jobs/list";
import type { Cancelled, JobRead, Made, Retried } from "./jobs/open";
import { isOver, type AttemptEnd, type Claim, type NewJob } from "./jobs/records";
import type { JobBody } from "./jobs/rows";
import type { ExecutionFilter } from "./list";
import type { Keeping, KeptTicket } from "./live/tickets";
import type { CutOff, Viewer } from "./live/viewers";
import { readMetrics, type LedgerMetrics } from "./metrics";
import { openParts, type Parts } from "./parts";
import { toAnyEvent, toDetail, toEvent, type ExecutionRow, type LedgerEntry } from "./records";
import type { Chunk, Holder } from "./retention";
import { teamOfName } from "./shards";

/** A text kept for a job, and its place among them. */
type SealedJobText = { place: number; jobId: string; body: JobBody; sealed: string };

/**
 * What happened in one team: executions, their events and the clients that came, and the stream of it all. The live
 * message of an event comes from the place where the event is written, with its sequence number, so a viewer that
 * reconnects misses nothing.
 */
export class TeamLedger extends DurableObject<Env> {
  readonly #parts: Parts;
  /** The team was deleted: what still arrives is thrown away. */
  #erased: boolean;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#erased = ctx.storage.kv.get<boolean>("erased") ?? false;
    const isErased = () => this.#erased;
    const erase = () => this.erase();
    this.#parts = openParts({ ctx, env, teamId: this.#teamId, isErased, erase });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Takes entries in batches, each any number of times: what is known already changes nothing. */
  record(teamId: string, entries: readonly LedgerEntry[]): void | Promise<void> {
    this.#requireOwn(teamId);
    if (this.#erased) return;
    const boundary = this.#parts.upkeep.shards.boundary();
    if (boundary !== "" && entries.some(({ executionId }) => executionId <= boundary))
      return this.#recordOld(entries);
    this.#write(entries);
  }

  /** Some are so old that they may have been moved: those that were are known. */
  async #recordOld(entries: readonly LedgerEntry[]): Promise<void> {
    const unknown = await this.#parts.upkeep.reach.unknownOf(entries);
    if (!this.#erased) this.#write(unknown);
  }

  #write(entries: readonly LedgerEntry[]): void {
    const ended = this.#parts.recording.write(entries);
    this.#parts.tellSoon();
    this.#parts.upkeep.afterWrite(ended);
  }

  #requireOwn(teamId: string): void {
    if (teamId !== this.#teamId) throw new Error("These entries belong to another team's ledger.");
  }

  list(filter: ExecutionFilter): Page<Execution> | Promise<Page<Execution>> {
    return this.#parts.upkeep.reach.list(filter);
  }

  summarize(since: number, hidden: readonly string[] = [], now = Date.now()): ExecutionSummary {
    const { rollups } = this.#parts.upkeep;
    return summaryOf({ rollups, sql: this.ctx.storage.sql }, { since, now, hidden });
  }

  series(asked: SeriesAsked): ExecutionSeries {
    return seriesOf(this.#parts.upkeep.rollups, asked);
  }

  top(asked: TopAsked): Top[] {
    return topOf(this.#parts.upkeep.rollups, asked);
  }

  /** What Prometheus is told. Counts that never go down. */
  metrics(hidden: readonly string[]): LedgerMetrics {
    return readMetrics({ sql: this.ctx.storage.sql, rollups: this.#parts.upkeep.rollups }, hidden);
  }

  /** Files of executions that are too old to be kept here, newest first. */
  listArchives(asked: ArchivesAsked): Page<ArchiveFile> {
    return this.#parts.upkeep.archives.list(asked);
  }

  /** For the head of the team's ledger: keeps these, any number of times. */
  take(teamId: string, whole: string): void {
    this.#requireOwn(teamId);
    if (this.#erased) throw new Error("This part of the ledger was erased.");
    this.#parts.upkeep.take(whole);
  }

  /** For the head: which of these are here. */
  known(ids: readonly string[]): string[] {
    return ids.filter((id) => this.#parts.upkeep.reach.has(id));
  }

  /** For the head: ids of the oldest executions here. */
  oldest(range: IdRange & { most: number }): string[] {
    return this.#parts.upkeep.oldest(range);
  }

  /** For the head: writes what is here of a range into a file. */
  archive(teamId: string, chunk: Chunk): ReturnType<Holder["archive"]> {
    this.#requireOwn(teamId);
    return this.#parts.upkeep.archive(chunk);
  }

  /** For the head: deletes what was archived. */
  remove(teamId: string, ids: readonly string[]): void {
    this.#requireOwn(teamId);
    this.#parts.upkeep.remove(ids);
  }

  /** A client was heard of; live viewers are told. That is not replayed: whoever was away lists them anew. */
  seeClient(teamId: string, seen: SeenClient): void {
    this.#requireOwn(teamId);
    if (this.#erased) return;
    const client = this.#parts.clients.see(seen);
    this.#parts.viewers.tell({ type: "client", client });
  }

  listClients(filter: ClientFilter): Page<McpClient> {
    return this.#parts.clients.list(filter);
  }

  /** A credential was used. Answers whether that was its first time from there, and not its first at all. */
  seeCredential(teamId: string, seen: SeenCredential): { newPlace: boolean } {
    this.#requireOwn(teamId);
    if (this.#erased) return { newPlace: false };
    return this.#parts.uses.see(seen);
  }

  credentialUses(ids: readonly string[]): Record<string, CredentialUse> {
    return this.#parts.uses.of(ids);
  }

  /** An ExecutionDetail as JSON text: its bodies can be anything, which RPC cannot type. */
  get(executionId: string): string | null | Promise<string | null> {
    const [row] = this.ctx.storage.sql
      .exec<ExecutionRow & { arguments: string | null; result: string | null }>(
        "SELECT id, status, intent, outcome, arguments, result FROM executions WHERE id = ?",
        executionId,
      )
      .toArray();
    if (row) return JSON.stringify(toDetail(row));
    return this.#parts.upkeep.reach.get(executionId);
  }

  /** Oldest first. The cursor is the sequence number of the last event of the page before. */
  events(
    executionId: string,
    page: { limit: number; cursor: number; type?: ExecutionEvent["type"] },
  ): Page<ExecutionEvent> | Promise<Page<ExecutionEvent>> {
    if (this.#parts.upkeep.reach.isMoved(executionId))
      return this.#parts.upkeep.reach.events(executionId, page);
    return this.#parts.events.page([executionId], { ...page, item: toEvent });
  }

  /**
   * A viewer's WebSocket. Authorised by the Worker, which says in the header `x-viewer` who it is; `since` is the last
   * sequence number the viewer has. Answers 503 where there are as many as can be, and
   * 429 where as many are whose they are.
   */
  override async fetch(request: Request): Promise<Response> {
    const since = new URL(request.url).searchParams.get("since");
    const viewer = JSON.parse(request.headers.get("x-viewer") ?? "") as Viewer;
    const full = this.#parts.viewers.full(viewer.ids);
    if (full) return new Response(null, { status: full === "own" ? 429 : 503 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#parts.viewers.accept(ours, viewer, {
      since: since === null ? null : Number(since),
      keptAfter: this.#parts.events.keptAfter(),
    });
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Something changed that is kept elsewhere. It is not replayed: whoever was away loads it anew. */
  tellEverybody(message: LiveMessage): void {
    this.#parts.viewers.tell(message);
  }

  tellPeople(people: readonly string[], message: LiveMessage): void {
    this.#parts.viewers.tellPeople(people, message);
  }

  /** When each of these connections was called last, by id. */
  lastCalls(connectionIds: readonly string[]): Record<string, number> {
    return this.#parts.upkeep.reach.lastCalls(connectionIds);
  }

  /** Makes a job; one of this id that is there already is answered as it stands. */
  createJob(teamId: string, job: NewJob): Made {
    this.#requireOwn(teamId);
    if (this.#erased) throw new Error("The team was deleted.");
    return this.#parts.events.inOne(() => this.#parts.jobs.create(job));
  }

  /** A job, its arguments as they are shown (JSON of a RecordedBody), and its sealed result. */
  getJob(id: string): JobRead | null {
    return this.#parts.jobs.read(id);
  }

  listJobs(filter: JobFilter): Page<Job> {
    return listJobs(this.ctx.storage.sql, filter, this.#parts.jobs.shown);
  }

  /** Its own events and those of its attempts, oldest first: a page of JobEvent and ExecutionEvent as JSON text. */
  async jobEvents(id: string, page: { limit: number; cursor: number }): Promise<string> {
    const attempts = this.#parts.jobs.rows.attempts(id).map(({ executionId }) => executionId);
    const here = this.#parts.events.page([id, ...attempts], { ...page, item: toAnyEvent });
    return JSON.stringify(
      await this.#parts.upkeep.reach.withMoved(here, { ids: attempts, ...page }),
    );
  }

  /** The job once it has ended, or as it is after so many milliseconds. */
  async waitForJob(id: string, ms: number): Promise<JobRead | null> {
    const now = this.#parts.jobs.read(id);
    if (!now || isOver(now.job.status)) return now;
    await this.#parts.waiters.wait(id, ms);
    return this.#parts.jobs.read(id);
  }

  /** Which of the team's runners sees to a job now; null for none, undefined for a job that is not there. */
  laneFor(id: string): number | null | undefined {
    return this.ctx.storage.transactionSync(() => this.#parts.jobs.lane(id));
  }

  /** For the job's runner: begins the next attempt under this execution id, or says why not. */
  claimJob(id: string, executionId: string): Claim {
    return this.#parts.events.inOne(() => this.#parts.jobs.claim(id, executionId));
  }

  /** For the job's runner: what its attempt came to. Of an attempt that is over it changes nothing. */
  endAttempt(id: string, end: AttemptEnd): void {
    if (this.#erased) return;
    this.#parts.events.inOne(() => this.#parts.jobs.endAttempt(id, end));
  }

  cancelJob(id: string, by: string): Cancelled {
    return this.#parts.events.inOne(() => this.#parts.jobs.cancel(id, by));
  }

  retryJob(id: string): Retried {
    return this.#parts.events.inOne(() => this.#parts.jobs.retry(id));
  }

  /** Those of these jobs that there are. */
  jobsOf(ids: readonly string[]): Job[] {
    return ids.flatMap((id) => {
      const job = this.#parts.jobs.rows.find(id);
      return job ? [this.#parts.jobs.shown(job)] : [];
    });
  }

  /** The same as one after the other, each for itself, in their order. */
  cancelJobs(ids: readonly string[], by: string): Cancelled[] {
    return ids.map((id) => this.cancelJob(id, by));
  }

  retryJobs(ids: readonly string[]): Retried[] {
    return ids.map((id) => this.retryJob(id));
  }

  retryableJobs(ids: readonly string[]): string[] {
    return this.#parts.jobs.retryable(ids);
  }

  /** Where a job's end is to be told, and with which secret; null where it is kept no longer. */
  sealedCallback(id: string): string | null {
    return this.#parts.jobs.rows.body(id, "callback");
  }

  /** For the rotation of the team's keys: the next text kept for a job that is sealed with this one. */
  sealedJobText(keyId: string, after: number): SealedJobText | null {
    const found = this.#parts.jobs.rows.sealedWith(keyId, after);
    if (!found) return null;
    return { ...found, sealed: this.#parts.jobs.rows.body(found.jobId, found.body) ?? "" };
  }

  /** The same sealed anew, unless it has changed since. */
  resealJobText({ jobId, body, sealed }: SealedJobText, anew: string): void {
    this.ctx.storage.transactionSync(() => {
      const { rows } = this.#parts.jobs;
      if (rows.body(jobId, body) === sealed) rows.putBody(jobId, body, anew);
    });
  }

  /** The callback of an ended job whose time has come; null where none is. */
  dueCallback(id: string): DueCallback | null {
    return this.#parts.callbacks.due(id);
  }

  /** What an attempt to tell a callback came to. */
  noteCallback(id: string, note: CallbackNote): void {
    this.#parts.events.inOne(() => this.#parts.callbacks.note(id, note));
  }

  /** Whoever asked for the job was told in their inbox that it has ended. */
  noteNotified(id: string, finishedAt: number | null): void {
    this.#parts.callbacks.notified(id, finishedAt);
  }

  /** The sealed answer of a call under an idempotency key, for whoever repeats it. */
  keptAnswer(executionId: string): string | null {
    return this.#parts.keptAnswers.get(executionId, Date.now());
  }

  /** A sealed answer that may be given again. */
  findAnswer(key: string): CachedAnswer | null {
    return this.#parts.cachedAnswers.get(key, Date.now());
  }

  keepAnswer(teamId: string, key: string, answer: NewCachedAnswer): void {
    this.#requireOwn(teamId);
    if (this.#erased) return;
    this.#parts.cachedAnswers.put(key, answer);
    this.#parts.due.setBy("answers.forget", "", answer.until);
  }

  override async alarm(): Promise<void> {
    await this.#parts.due.run();
  }

  get #teamId(): string {
    return teamOfName(this.ctx.id.name ?? "");
  }

  /** Closes the sockets of whoever lost their access, and of whoever has another one now. */
  cutOff(who: CutOff): void {
    this.#parts.viewers.cutOff(who);
  }

  /**
   * To be told before the team's rows go: where whoever deletes them is interrupted, the alarm finds that the team is gone,
   * and erases what is left. While the team is there it changes nothing.
   */
  expectDeletion(teamId: string): void {
    this.#requireOwn(teamId);
    this.#parts.leaving.expect();
  }

  /** The team was deleted: nothing of it stays, here or elsewhere, and nothing is taken any more. */
  async erase(): Promise<void> {
    this.#erased = true;
    this.#parts.viewers.endAll();
    const isHead = this.ctx.id.name === this.#teamId;
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.kv.put("erased", true);
      emptyTables(this.ctx.storage);
      if (isHead) this.#parts.leaving.note();
    });
    // What fails now, or is interrupted, is tried again by the alarm.
    await this.#parts.leaving.erase(Date.now());
  }

  /** A ticket for the live stream, good once. */
  keepTicket(teamId: string, ticket: KeptTicket): Keeping {
    this.#requireOwn(teamId);
    return this.#erased ? "full" : this.#parts.tickets.keep(ticket);
  }

  /** What was kept under this hash, as JSON text; null where nothing is, or not any more. */
  takeTicket(hash: string): string | null {
    return this.#erased ? null : this.#parts.tickets.take(hash);
  }

  /** Viewers listen, and say what they have. */
  override webSocketMessage(viewer: WebSocket, text: string | ArrayBuffer): void {
    this.#parts.viewers.heard(viewer, text);
  }

  override webSocketClose(viewer: WebSocket, code: number): void {
    this.#parts.viewers.forget(viewer);
    viewer.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override webSocketError(viewer: WebSocket): void {
    this.#parts.viewers.forget(viewer);
  }
}
