import type { CredentialRef, SecretRecord } from "../credentials";
import { forcedLately, type Failed, type Life } from "./renewal";
import type { SignInEvent } from "./state";
import type { ConnectionRow } from "./tables";

/** The token in use. */
export type Kept = Life & CredentialRef & { sealed: string };

/** What the rest of the hub does not know yet of the token in use. */
export type Untold = {
  version: number;
  /** Versions whose records can go once it is told. */
  replaced: number[];
  scopes: string[] | null;
  params: Record<string, string>;
  refreshes: boolean;
};

type FailedOf = Failed & { version: number };

/** What a connection's session keeps: each group of writes is one. */
export function openSessionStore(storage: DurableObjectStorage) {
  const { kv } = storage;
  const forgetAll = (...names: string[]) => {
    for (const name of names) kv.delete(name);
  };
  return {
    kept: () => kv.get<Kept>("token"),
    failed: () => kv.get<FailedOf>("failed"),
    untold: () => kv.get<Untold>("untold"),
    unmarked: () => kv.get<SignInEvent>("unmarked"),

    /** Somebody signed in anew: nothing that is known of another token holds. */
    adopt: (kept: Kept) =>
      storage.transactionSync(() => {
        kv.put("token", kept);
        forgetAll("failed", "untold", "unmarked", "attempt", "forced");
      }),
    /** On disk before anything is sent (output gate). True where the last one was begun and has no end: a crash cut it off. */
    begin: (version: number): boolean => {
      const wasCutOff = kv.get<number>("attempt") === version;
      kv.put("attempt", version);
      return wasCutOff;
    },
    renewed: (kept: Kept, untold: Omit<Untold, "version" | "replaced">, before: number) =>
      storage.transactionSync(() => {
        const replaced = [...(kv.get<Untold>("untold")?.replaced ?? []), before];
        kv.put("token", kept);
        kv.put("untold", { ...untold, version: kept.version, replaced } satisfies Untold);
        forgetAll("failed", "unmarked", "attempt");
      }),
    notRenewed: (version: number, { failure, at }: Pick<Failed, "failure" | "at">) =>
      storage.transactionSync(() => {
        const last = kv.get<FailedOf>("failed");
        const count = last?.version === version ? last.count + 1 : 1;
        kv.put("failed", { version, failure, at, count } satisfies FailedOf);
        kv.put("unmarked", { kind: "not_renewed", failure } satisfies SignInEvent);
        kv.delete("attempt");
      }),
    /** Whether a refused token may force one more renewal. */
    mayForce: (now: number): boolean => {
      const recent = forcedLately(kv.get<number[]>("forced") ?? [], now);
      if (recent === "enough") return false;
      kv.put("forced", [...recent, now]);
      return true;
    },
    /** It was told; a newer one may have come meanwhile, and stays to be. */
    told: ({ version }: Untold) => {
      if (kv.get<Untold>("untold")?.version === version) kv.delete("untold");
    },
    marked: (event: SignInEvent) => {
      if (JSON.stringify(kv.get("unmarked")) === JSON.stringify(event)) kv.delete("unmarked");
    },
    drop: ({ id }: CredentialRef) => {
      if (kv.get<Kept>("token")?.id === id) kv.delete("token");
    },
  };
}

/** The times a record says; where it says none, those of the registry. */
export function lifeOf(record: SecretRecord, row: ConnectionRow): Life {
  const obtainedAt = Number(record["obtainedAt"] ?? row.rotatedAt ?? row.updatedAt);
  const expiresAt = record["expiresAt"] === undefined ? row.expiresAt : Number(record["expiresAt"]);
  return { obtainedAt, expiresAt };
}
