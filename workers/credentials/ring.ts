import * as z from "zod";
import { fromBase64Url, toBase64Url, utf8 } from "../platform/encoding";
import { HubError } from "../platform/errors";

/** A data key: 32 bytes, since when it seals (null while it waits to), and under which master key it was made. */
export type DataKey = { bytes: Uint8Array<ArrayBuffer>; since: number | null; master: string };

/**
 * A team's data keys by id. There is more than one only while a rotation is under way, and everything the rotation has
 * to know is in here: whoever goes on with it needs nothing else.
 */
export type Ring = {
  /** Seals what is new. */
  newest: string;
  keys: Record<string, DataKey>;
  rotation: {
    startedAt: number;
    finishedAt: number | null;
    /** Since when no record has named an old key. */
    emptySince: number | null;
    /** How many records the last pass could not open, so that they are still sealed with an old key. */
    stuck: number;
  } | null;
};

const time = z.number().nullable();
const Stored = z.object({
  newest: z.string(),
  keys: z.record(z.string(), z.object({ key: z.string(), since: time, master: z.string() })),
  rotation: z
    .object({ startedAt: z.number(), finishedAt: time, emptySince: time, stuck: z.number() })
    .nullable(),
});

const randomKey = () => crypto.getRandomValues(new Uint8Array(32));

export function newRing(master: string, now: number): Ring {
  return { newest: "d1", keys: { d1: { bytes: randomKey(), since: now, master } }, rotation: null };
}

/**
 * A further key, which waits: nothing is sealed with it before every reader of the ring can have seen it. Its id has a
 * random part, since two that add one at once would otherwise give two keys one name.
 */
export function withWaitingKey(ring: Ring, master: string, now: number): Ring {
  const [number] = /\d+/.exec(ring.newest) ?? ["0"];
  const id = `d${Number(number) + 1}-${toBase64Url(crypto.getRandomValues(new Uint8Array(6)))}`;
  return {
    ...ring,
    keys: { ...ring.keys, [id]: { bytes: randomKey(), since: null, master } },
    rotation: { startedAt: now, finishedAt: null, emptySince: null, stuck: 0 },
  };
}

/** The id of the key that is to become the newest. */
export const waitingIn = (ring: Ring): string | undefined =>
  Object.keys(ring.keys).find((id) => ring.keys[id]?.since === null);

/** A rotation is under way for as long as there is more than one key. */
export const isRotating = (ring: Ring): boolean => Object.keys(ring.keys).length > 1;

/** The ids of the keys that nothing new is sealed with any more. */
export const oldIn = (ring: Ring): string[] =>
  Object.keys(ring.keys).filter((id) => id !== ring.newest && ring.keys[id]?.since !== null);

/** The waiting key takes over. */
export function withNewest(ring: Ring, id: string, now: number): Ring {
  const key = ring.keys[id];
  return key ? { ...ring, newest: id, keys: { ...ring.keys, [id]: { ...key, since: now } } } : ring;
}

/** Without what nothing is sealed with any more. */
export function withoutOld(ring: Ring, now: number): Ring {
  const old = new Set(oldIn(ring));
  const kept = Object.entries(ring.keys).filter(([id]) => !old.has(id));
  const rotation = ring.rotation && { ...ring.rotation, finishedAt: now, stuck: 0 };
  return { ...ring, keys: Object.fromEntries(kept), rotation };
}

/** Before there were rings, what was wrapped was one key: these 32 bytes. */
export function readRing(plain: Uint8Array, master: string): Ring {
  if (plain.length === 32) {
    const d1 = { bytes: new Uint8Array(plain), since: 0, master };
    return { newest: "d1", keys: { d1 }, rotation: null };
  }
  try {
    const { newest, keys, rotation } = Stored.parse(JSON.parse(new TextDecoder().decode(plain)));
    const read = Object.entries(keys).map(([id, { key, ...rest }]): [string, DataKey] => [
      id,
      { bytes: fromBase64Url(key), ...rest },
    ]);
    return { newest, keys: Object.fromEntries(read), rotation };
  } catch (cause) {
    throw new HubError(
      "internal",
      "The team's key ring is damaged. Put back the record of it that a backup of the token store holds.",
      { cause },
    );
  }
}

export function writeRing({ newest, keys, rotation }: Ring): Uint8Array<ArrayBuffer> {
  const written = Object.entries(keys).map(([id, { bytes, ...rest }]) => [
    id,
    { key: toBase64Url(bytes), ...rest },
  ]);
  return utf8(JSON.stringify({ newest, keys: Object.fromEntries(written), rotation }));
}
