import { describe, expect, it } from "vitest";
import { afterCallback } from "./callback-schedule";

const now = 1_793_232_000_000;
const after = (attempt: number, status: number | null, retryAfterSeconds?: number) =>
  afterCallback({ attempt, status, retryAfterSeconds, now });
const again = (seconds: number) => ({ do: "again", at: now + seconds * 1000 });

describe("what follows an attempt to tell a callback", () => {
  it.each([200, 201, 202, 204, 299])("is nothing more, where it was answered with %i", (status) => {
    expect(after(1, status)).toEqual({ do: "delivered" });
    expect(after(7, status)).toEqual({ do: "delivered" });
  });

  it.each([null, 100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 408, 429, 500, 503])(
    "is another one, where it was answered with %s",
    (status) => expect(after(1, status)).toEqual(again(5)),
  );

  it("comes later each time, and after seven attempts not at all", () => {
    const waits = [5, 60, 300, 1800, 7200, 18_000];
    expect(waits.map((_, index) => after(index + 1, 500))).toEqual(waits.map(again));
    expect(after(7, 500)).toEqual({ do: "give up" });
    expect(after(8, 500)).toEqual({ do: "give up" });
  });

  it("is nothing more, where the receiver says that it is gone", () => {
    expect(after(1, 410)).toEqual({ do: "give up" });
  });

  it("waits as long as the receiver asks, and no shorter than the schedule", () => {
    expect(after(1, 503, 90)).toEqual(again(90));
    expect(after(2, 429, 10)).toEqual(again(60));
    expect(after(7, 429, 10)).toEqual({ do: "give up" });
  });
});
