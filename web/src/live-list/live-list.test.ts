import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Page } from "../../../shared/contracts/pages";
import { Loaded } from "./loaded";
import { LiveList } from "./live-list";

type Row = { id: string };
const pageSize = 2;
const letters = (text: string): string[] => text.split("");

class Rows extends Loaded<Row> {
  replace(_: unknown, items: readonly Row[], complete: boolean): void {
    this.clear();
    this.addPage(items, complete);
  }

  addPage(items: readonly Row[], complete: boolean): void {
    this.complete = complete;
    for (const row of items) this.set(row);
  }
}

/** A list of what `hub` holds, newest first, two to a page. */
class Letters extends LiveList<{ of?: string }, { of: string }, Row> {
  readonly rows: Rows;

  constructor(hub: string[]) {
    const rows = new Rows();
    const filtersOf = ({ of = "" }: { of?: string }) => ({ of });
    const page = async (
      { of }: { of: string },
      cursor: string | undefined,
      signal?: AbortSignal,
    ): Promise<Page<Row>> => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      signal?.throwIfAborted();
      const all = hub.filter((id) => id.startsWith(of)).toSorted((a, b) => (a < b ? 1 : -1));
      const from = cursor === undefined ? 0 : all.findIndex((id) => id < cursor);
      const items = all.slice(from, from + pageSize).map((id) => ({ id }));
      return { items, nextCursor: from + pageSize < all.length ? (items.at(-1)?.id ?? "") : null };
    };
    super({ rows, pageSize, keyOf: ({ of = "" }) => of, filtersOf, page }, {});
    this.rows = rows;
  }

  listed = () => Array.from(this.rows.values(), ({ id }) => id).join("");

  protected hear(): void {
    this.mergeSoon(1);
  }

  protected merge(): void {
    this.publish();
  }

  protected rejoin(page: Page<Row>, joins: boolean): void {
    if (!joins) return void this.reload();
    for (const row of page.items) this.rows.set(row);
    this.publish();
  }

  protected hold(): void {
    this.publish();
  }

  protected held() {
    return { waiting: 0, outdated: false };
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const soon = () => vi.advanceTimersByTimeAsync(200);

it("loads page after page as far as it is wanted, and no further", async () => {
  const list = new Letters(letters("abcdefgh"));
  list.show({});
  expect(list.state()).toMatchObject({ phase: "first", size: 0 });
  await soon();
  expect(list.listed()).toBe("hg");
  list.want(5);
  expect(list.state().phase).toBe("more");
  await soon();
  expect(list.listed()).toBe("hgfedc");
  list.want(100);
  await soon();
  expect(list.state()).toMatchObject({ phase: "idle", size: 8, complete: true });
});

it("lists only what was asked for last", async () => {
  const list = new Letters(["a1", "b1", "b2"]);
  list.show({ of: "a" });
  list.show({ of: "b" });
  await soon();
  expect(list.listed()).toBe("b2b1");
  expect(list.state().error).toBeUndefined();
});

it("joins what is new where it reaches the list, and begins anew where it does not", async () => {
  const hub = letters("ab");
  const list = new Letters(hub);
  list.show({});
  await soon();
  hub.push("c");
  list.show({});
  await soon();
  expect(list.listed()).toBe("cba");
  hub.push(...letters("defgh"));
  list.show({});
  await soon();
  expect(list.listed()).toBe("hg");
  expect(list.state().complete).toBe(false);
});

it("begins anew where an empty list has more than a page, so that the rest can be loaded", async () => {
  const hub: string[] = [];
  const list = new Letters(hub);
  list.show({});
  await soon();
  expect(list.state()).toMatchObject({ size: 0, complete: true });
  hub.push(...letters("abc"));
  list.show({});
  await soon();
  list.want(10);
  await soon();
  expect(list.listed()).toBe("cba");
});

it("says when it changes, and is the same until then", async () => {
  const list = new Letters(letters("ab"));
  let told = 0;
  const stop = list.subscribe(() => (told += 1));
  const before = list.state();
  expect(list.state()).toBe(before);
  list.pause(true);
  expect(told).toBe(1);
  expect(list.state()).toMatchObject({ paused: true });
  stop();
  list.pause(false);
  expect(told).toBe(1);
});
