/** What of the browser's storage is used here. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** A list kept in the browser, for one team and one tool. What cannot be read or written is as if it were not there. */
export class Shelf<Item> {
  readonly #store: Store | undefined;
  readonly #key: string;
  readonly #read: (item: unknown) => Item | undefined;

  constructor(
    at: { store: Store | undefined; teamId: string; kind: "presets" | "history"; toolId: string },
    read: (item: unknown) => Item | undefined,
  ) {
    this.#store = at.store;
    this.#key = `plugboard.playground.1.${at.teamId}.${at.kind}.${at.toolId}`;
    this.#read = read;
  }

  items(): readonly Item[] {
    try {
      const items: unknown = JSON.parse(this.#store?.getItem(this.#key) ?? "[]");
      if (!Array.isArray(items)) return [];
      return items.map(this.#read).filter((item) => item !== undefined);
    } catch {
      return [];
    }
  }

  /** False where the browser has no room, even without the histories of other tools. */
  put(items: readonly Item[]): boolean {
    const text = JSON.stringify(items);
    return this.#write(text) || (this.#makeRoom() && this.#write(text));
  }

  #write(text: string): boolean {
    try {
      this.#store?.setItem(this.#key, text);
      return this.#store !== undefined;
    } catch {
      return false;
    }
  }

  #makeRoom(): boolean {
    const store = this.#store;
    if (!store) return false;
    const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? "");
    const others = keys.filter(
      (key) => key !== this.#key && /^plugboard\.playground\.1\.[^.]*\.history\./.test(key),
    );
    for (const key of others) store.removeItem(key);
    return others.length > 0;
  }
}

/** Undefined where the browser lets nobody store anything. */
export function browserStore(): Store | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
