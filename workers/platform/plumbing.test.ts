import { Cancellation } from "./cancellation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withDeadline } from "./deadline";
import { fromBase64Url, sha256Hex, toBase64Url, toHex, utf8 } from "./encoding";
import { HubError } from "./errors";
import { Lru } from "./lru";
import { ownHosts, personPerMinute } from "./settings";

/** Work that ends when its signal fires, as a fetch does. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    if (signal.aborted) reject(signal.reason as Error);
  });

describe("withDeadline", () => {
  const limit = { ms: 30, sentence: "Too slow." };

  it("passes on what the work gives or throws", async () => {
    expect(await withDeadline(limit, async () => 7)).toBe(7);
    const error = new HubError("upstream_invalid", "no");
    await expect(withDeadline(limit, () => Promise.reject(error))).rejects.toBe(error);
  });

  it("ends work that takes too long, with the given sentence", async () => {
    await expect(withDeadline(limit, endless)).rejects.toMatchObject({
      code: "upstream_timeout",
      message: "Too slow.",
    });
  });

  it("ends work whose caller hangs up, before or while it runs", async () => {
    const caller = new AbortController();
    const cancellation = new Cancellation(caller.signal);
    const running = withDeadline({ ...limit, ms: 5000, cancellation }, endless);
    caller.abort();
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    const late = withDeadline(
      { ...limit, ms: 5000, cancellation: new Cancellation(caller.signal) },
      endless,
    );
    await expect(late).rejects.toMatchObject({ code: "cancelled" });
  });

  it("gives a following phase a limit of its own", async () => {
    const phases = withDeadline({ ms: 5000, sentence: "First." }, async (signal, next) => {
      next({ ms: 20, sentence: "Second." });
      return endless(signal);
    });
    await expect(phases).rejects.toMatchObject({ code: "upstream_timeout", message: "Second." });
  });

  it("ends work once whoever watches refuses, and looks again where the look itself failed", async () => {
    const refusal = new HubError("unauthorized", "Gone.");
    const looks = [new Error("no answer"), refusal];
    const watch = async () => {
      throw looks.shift();
    };
    await expect(withDeadline({ ...limit, ms: 10_000, watch }, endless)).rejects.toBe(refusal);
    expect(looks).toEqual([]);
  });

  it("keeps its limit while somebody watches, and asks nobody before a second has gone by", async () => {
    let looks = 0;
    const watch = async () => {
      looks += 1;
    };
    const late = withDeadline({ ...limit, ms: 1300, watch }, endless);
    expect(await withDeadline({ ...limit, ms: 5000, watch }, async () => 7)).toBe(7);
    expect(looks).toBe(0);
    await expect(late).rejects.toMatchObject({ code: "upstream_timeout", message: "Too slow." });
    expect(looks).toBe(1);
  });

  it("aborts nothing after the work is done", async () => {
    let signal: AbortSignal | undefined;
    await withDeadline({ ms: 10, sentence: "" }, async (given) => (signal = given));
    await scheduler.wait(30);
    expect(signal?.aborted).toBe(false);
  });
});

describe("encodings", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array));

  it("of base64url come back as they were, and are safe in a URL", () => {
    fc.assert(
      fc.property(bytes, (array) => {
        const text = toBase64Url(array);
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(fromBase64Url(text)).toEqual(array);
      }),
    );
  });

  it("read base64 too, and large values", () => {
    expect(toHex(fromBase64Url("+/8="))).toBe("fbff");
    const large = crypto.getRandomValues(new Uint8Array(60_000));
    expect(fromBase64Url(toBase64Url(large))).toEqual(large);
    expect(() => fromBase64Url("not base64!")).toThrow();
  });

  it("agree with known values", async () => {
    expect(toHex(utf8("é"))).toBe("c3a9");
    expect(await sha256Hex("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});

describe("Lru", () => {
  it("forgets what was used longest ago", () => {
    const cache = new Lru<number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3);
    expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
  });

  it("never holds more than its capacity, and always what was set last", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f"), fc.nat(9)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (sets, capacity) => {
        const cache = new Lru<number>(capacity);
        const last = new Map<string, number>();
        for (const [key, value] of sets) {
          cache.set(key, value);
          last.delete(key);
          last.set(key, value);
        }
        const held = [...last].slice(-capacity);
        for (const [key, value] of held) expect(cache.get(key)).toBe(value);
        for (const [key] of [...last].slice(0, -capacity)) expect(cache.get(key)).toBeUndefined();
      }),
    );
  });

  it("forgets on demand", () => {
    const cache = new Lru<number>(2);
    cache.set("a", 1);
    cache.delete("a");
    expect(cache.get("a")).toBeUndefined();
  });
});

describe("settings", () => {
  const env = (value: string) =>
    ({ PLUGBOARD_USER_PER_MINUTE: value, PLUGBOARD_HOSTS: value }) as unknown as Env;

  it.each([
    ["30", 30],
    ["1", 1],
    ["0", undefined],
    ["100000", 100_000],
  ])("%j calls a minute is %j", (value, expected) => {
    expect(personPerMinute(env(value))).toBe(expected);
  });

  it.each(["", " ", "-1", "1.5", "many", "NaN", "Infinity"])(
    "%j calls a minute is a mistake that is named",
    (value) => {
      expect(() => personPerMinute(env(value))).toThrow(/PLUGBOARD_USER_PER_MINUTE.*whole number/);
    },
  );

  it("reads host names whatever their spelling", () => {
    expect(ownHosts(env(" Hub.example.com, ,localhost:8787 "))).toEqual([
      "hub.example.com",
      "localhost:8787",
    ]);
    expect(ownHosts(env(""))).toEqual([]);
  });
});
