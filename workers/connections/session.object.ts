import { DurableObject } from "cloudflare:workers";
import {
  canRenew,
  deleteSecret,
  openRecord,
  openSecret,
  sealRecord,
  type CredentialRef,
  type SecretRecord,
  type TokenFailure,
} from "../credentials";
import { logFailure } from "../platform/background";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { markSignIn } from "./mark";
import { obtain } from "./obtain";
import {
  aheadOfUse,
  forCalls,
  isDue,
  isWorthAnother,
  lives,
  nextTryAt,
  type Life,
} from "./renewal";
import { lifeOf, openSessionStore, type Kept } from "./session-store";
import { signInOf } from "./sign-in";
import { systemContext } from "./system";
import type { ConnectionRow } from "./tables";
import { takeBackUnused } from "./take-back";
import { readNow, tellToken } from "./tell-token";

export type AskToken = {
  teamId: string;
  connectionId: string;
  /** What the registry says in the asker's eyes: somebody may have signed in anew. */
  known?: CredentialRef;
  /** A newer token than this version, which was refused. */
  than?: number;
  /** A person asks for a new one: whatever was tried before. */
  force?: boolean;
  /** Nobody needs it yet. */
  ahead?: boolean;
  /** For its end at the vendor: whatever is left of it. */
  asItIs?: boolean;
};

export type TokenGiven =
  | ({ ok: true; credentialId: string; version: number; sealed: string } & Life)
  | { ok: false; failure: TokenFailure };

type Renewing = { row: ConnectionRow; kept: Kept; asked: AskToken };
type New = Extract<Awaited<ReturnType<typeof obtain>>, { ok: true }>;

/** A call that has so much left of a token goes on with it while the next one is fetched. */
const spareMs = 30_000;
const repairEveryMs = 30_000;
const pauseMs = 250;
const mostSeals = 5;

/**
 * One per connection whose credential is renewed: the one writer of its token, and the one that asks for the next. What
 * it learns it keeps in its own storage first, sealed; KV and the registry hear of it after that, by its alarm if need
 * be. Its memory holds nothing that is not stored but the renewal that is under way.
 */
export class ConnectionSession extends DurableObject<Env> {
  readonly #store: ReturnType<typeof openSessionStore>;
  #reading: Promise<Kept | undefined> | undefined;
  #renewal: Promise<TokenGiven> | undefined;
  #telling: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = openSessionStore(ctx.storage);
  }

  /** The token in use, renewed where it is about to end: of many who ask at once, one request goes to the vendor. */
  async token(asked: AskToken): Promise<TokenGiven> {
    this.#requireOwn(asked);
    const kept = await this.#keptFor(asked);
    if (kept && !wantsAnother(kept, asked)) return given(kept);
    this.#renewal ??= this.#renew(asked).finally(() => {
      this.#renewal = undefined;
    });
    const { force, than, ahead } = asked;
    const mayWait = force === true || than !== undefined || ahead === true;
    if (mayWait || !kept || !lives(kept, Date.now() + spareMs)) return this.#renewal;
    // Nobody waits for a vendor while what they have is good.
    void this.#inBackground("connection.renewal_failed", this.#renewal);
    return given(kept);
  }

  /** The connection is gone, or its credential, which `row` names: nothing of it stays. */
  async forget(row: ConnectionRow): Promise<void> {
    this.#requireOwn({ teamId: row.teamId, connectionId: row.id });
    const kept = this.#store.kept();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    // Renewed since somebody read the row to take it back.
    if (kept?.id === row.credentialId && kept.version > row.credentialVersion)
      void this.#inBackground("connection.not_revoked", this.#endKept(row, kept));
  }

  async #endKept(row: ConnectionRow, kept: Kept): Promise<void> {
    const ctx = this.#context();
    if ((await readNow(ctx, row.id))?.credentialId === kept.id) return;
    await deleteSecret(ctx, kept);
    await takeBackUnused(ctx, row, await openRecord(this.env, row.teamId, kept, kept.sealed));
  }

  /** Tells KV and the registry what they do not know yet, and comes again until they do. */
  override async alarm(): Promise<void> {
    // Alarms are dropped after six failures: this one never fails, it comes again.
    await this.#inBackground("connection.repair_failed", this.#tell());
    if (this.#store.untold() || this.#store.unmarked()) await this.#comeAgain();
  }

  get #ids(): { teamId: string; connectionId: string } {
    const [teamId = "", connectionId = ""] = (this.ctx.id.name ?? "").split("/");
    return { teamId, connectionId };
  }

  #requireOwn({ teamId, connectionId }: { teamId: string; connectionId: string }): void {
    if (`${teamId}/${connectionId}` !== this.ctx.id.name)
      throw new Error("This token belongs to another connection's session.");
  }

  #context(): Context {
    const { teamId } = this.#ids;
    const waitUntil = (work: Promise<unknown>) => this.ctx.waitUntil(logFailure(work, { teamId }));
    return systemContext(this.env, teamId, { now: Date.now(), waitUntil });
  }

  /** What is kept here, unless the asker knows of something newer. */
  async #keptFor({ known }: AskToken): Promise<Kept | undefined> {
    const kept = this.#store.kept();
    const isNewest = kept && (!known || (known.id === kept.id && known.version <= kept.version));
    if (isNewest) return kept;
    // Many ask at once here too: one of them reads. What was begun before may not know yet what this asker knows.
    const begun = await this.#reading;
    if (begun && (!known || (begun.id === known.id && begun.version >= known.version)))
      return begun;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<Kept | undefined> {
    const ctx = this.#context();
    const row = await readNow(ctx, this.#ids.connectionId);
    return row && this.#reconcile(ctx, row);
  }

  /** The newer of what is kept here and what the registry says: the highest version of the credential it names. */
  async #reconcile(ctx: Context, row: ConnectionRow): Promise<Kept | undefined> {
    const { credentialId: id, credentialVersion: version } = row;
    const isNewest = (kept: Kept | undefined) => kept?.id === id && kept.version >= version;
    const kept = this.#store.kept();
    if (id === null) return undefined;
    if (isNewest(kept)) return kept;
    const ref = { id, version };
    const record = await openSecret(ctx, ref);
    const sealed = await sealRecord(ctx, ref, record);
    // While that was read, somebody else may have put something newer here.
    const now = this.#store.kept();
    if (isNewest(now)) return now;
    const left = now ? [now.version, ...(this.#store.untold()?.replaced ?? [])] : [];
    const adopted: Kept = { ...ref, sealed, ...lifeOf(record, row) };
    this.#store.adopt(adopted);
    if (now && now.id !== id)
      for (const old of left) await deleteSecret(ctx, { id: now.id, version: old });
    return adopted;
  }

  async #renew(asked: AskToken): Promise<TokenGiven> {
    const ctx = this.#context();
    const row = await readNow(ctx, this.#ids.connectionId);
    const kept = row && (await this.#reconcile(ctx, row));
    if (!kept || gone.has(row.status)) return refused(noCredential);
    if (!wantsAnother(kept, asked)) return given(kept);
    const failed = this.#store.failed();
    if (failed?.version === kept.version && ctx.now < nextTryAt(failed) && !asked.force)
      return without(kept, failed.failure, asked);
    if (asked.than !== undefined && !this.#store.mayForce(ctx.now)) return refused(refusedTooOften);
    return this.#ask(ctx, { row, kept, asked });
  }

  async #ask(ctx: Context, { row, kept, asked }: Renewing): Promise<TokenGiven> {
    const record = await openRecord(this.env, ctx.teamId, kept, kept.sealed);
    // The key that the answer will be sealed with is there before anything is sent: an answer must not be lost for it.
    await sealRecord(ctx, kept, record);
    for (let tries = 1; ; tries++) {
      // One that was cut off by a crash counts: this is the one more that it is worth.
      if (this.#store.begin(kept.version)) tries = Math.max(tries, 2);
      const started = Date.now();
      const obtained = await obtain(ctx, signInOf(row), record);
      if (obtained.ok) return this.#keep(ctx, { row, kept, asked }, obtained);
      const { failure } = obtained;
      if (isWorthAnother(failure, { tries, tookMs: Date.now() - started })) {
        await scheduler.wait(pauseMs);
        continue;
      }
      this.#store.notRenewed(kept.version, { failure, at: Date.now() });
      await this.#comeAgain();
      await this.#inBackground("connection.failure_not_told", this.#tell());
      return without(kept, failure, asked);
    }
  }

  async #keep(ctx: Context, { row, kept, asked }: Renewing, obtained: New): Promise<TokenGiven> {
    const { record, expiresAt, scopes, params } = obtained;
    const tokenOf = { ...row, params: { ...row.params, ...params } };
    const ref = { id: kept.id, version: Math.max(kept.version, row.credentialVersion) + 1 };
    const sealed = await this.#seal(ctx, ref, record);
    const now = this.#store.kept();
    // Somebody signed in anew while the vendor was asked: what came is of a credential that is not in use any more.
    if (now?.id !== kept.id) {
      await takeBackUnused(ctx, tokenOf, record);
      return now ? given(now) : refused(noCredential);
    }
    const next: Kept = { ...ref, sealed, obtainedAt: Date.now(), expiresAt };
    const refreshes = canRenew(signInOf(row), record);
    this.#store.renewed(next, { scopes, params, refreshes }, kept.version);
    await this.#comeAgain();
    // It may have been revoked or deleted meanwhile, without a word to this object so far.
    const tell = async () => {
      try {
        await this.#tell();
      } finally {
        await takeBackUnused(ctx, tokenOf, record);
      }
    };
    const told = this.#inBackground("connection.renewal_not_told", tell());
    // Calls go on at once; a person who asks wants to see it.
    if (asked.force) await told;
    return given(next);
  }

  async #seal(ctx: Context, ref: CredentialRef, record: SecretRecord): Promise<string> {
    for (let tries = 1; ; tries++)
      try {
        return await sealRecord(ctx, ref, record);
      } catch (error) {
        if (tries === mostSeals) throw error;
        await scheduler.wait(pauseMs);
      }
  }

  async #comeAgain(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + repairEveryMs);
  }

  /** One at a time. */
  async #tell(): Promise<void> {
    while (this.#telling) await this.#telling.catch(() => {});
    this.#telling = this.#tellNow().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  async #tellNow(): Promise<void> {
    const ctx = this.#context();
    const { connectionId } = this.#ids;
    const [kept, untold, unmarked] = [
      this.#store.kept(),
      this.#store.untold(),
      this.#store.unmarked(),
    ];
    if (untold) {
      const isInUse = kept && (await tellToken(ctx, { connectionId, kept, untold }));
      this.#store.told(untold);
      if (kept && !isInUse) this.#store.drop(kept);
    }
    if (unmarked) {
      await markSignIn(ctx, { id: connectionId, credentialId: kept?.id ?? null }, unmarked);
      this.#store.marked(unmarked);
    }
    if (!this.#store.untold() && !this.#store.unmarked()) await this.ctx.storage.deleteAlarm();
  }

  /** Goes on whether anybody waits or not. */
  #inBackground(event: string, work: Promise<unknown>): Promise<unknown> {
    const done = work.catch((error: unknown) =>
      log("error", event, { ...this.#ids, error: describeError(error) }),
    );
    this.ctx.waitUntil(done);
    return done;
  }
}

function wantsAnother(kept: Kept, { than, force, ahead, asItIs }: AskToken): boolean {
  if (asItIs) return false;
  if (than !== undefined && kept.version <= than) return true;
  if (force && than === undefined) return true;
  return isDue(kept, Date.now(), ahead ? aheadOfUse : forCalls);
}

/** What is to be had without a new token: the one in use, while it lives and nobody has refused it. */
function without(kept: Kept, failure: TokenFailure, { than, force }: AskToken): TokenGiven {
  const isRefused = than !== undefined && kept.version <= than;
  const isUsable = failure.kind === "transient" && !isRefused && !force;
  return isUsable && lives(kept, Date.now()) ? given(kept) : refused(failure);
}

/** Whoever disabled it or took it back wants no new token. */
const gone: ReadonlySet<ConnectionRow["status"]> = new Set(["disabled", "revoked", "pending"]);

const noCredential: TokenFailure = {
  kind: "revoked",
  message: "There is nothing to sign in with. Sign in again.",
};

const refusedTooOften: TokenFailure = {
  kind: "transient",
  message:
    "The server refuses each new token after a moment. Something else may use the same sign-in; try again in a minute.",
  retryAfterSeconds: 60,
};

const refused = (failure: TokenFailure): TokenGiven => ({ ok: false, failure });

const given = ({ id, version, sealed, obtainedAt, expiresAt }: Kept): TokenGiven => ({
  ok: true,
  credentialId: id,
  version,
  sealed,
  obtainedAt,
  expiresAt,
});
