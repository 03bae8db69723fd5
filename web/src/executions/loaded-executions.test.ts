import { describe, expect, it } from "vitest";
import type { Execution } from "../../../shared/contracts/executions";
import { reaches } from "../live-list/live-list";
import { filtersOf } from "./filters";
import { LoadedExecutions, mostWaiting } from "./loaded-executions";
import { sampleExecution, sampleTime } from "./sample";
import type { ActivitySearch } from "./search";

const at = (second: number, change: Partial<Execution> = {}) => sampleExecution(second, change);
const running = (second: number) =>
  at(second, { status: "running", finishedAt: null, durationMs: null, upstreamMs: null });
const seconds = (list: LoadedExecutions) =>
  [...list.values()].map(({ startedAt }) => (startedAt - sampleTime) / 1000);
function loaded(
  items: Execution[],
  search: ActivitySearch = {},
  complete = true,
): LoadedExecutions {
  const list = new LoadedExecutions();
  list.replace(filtersOf(search, sampleTime), items, complete);
  return list;
}
const receive = (list: LoadedExecutions, ...executions: Execution[]) =>
  list.receive(executions.map((execution) => ({ execution })));

describe("pages", () => {
  it("follow one another, each execution once", () => {
    const list = loaded([at(5), at(4)], {}, false);
    list.addPage([at(4), at(3)], false);
    list.addPage([], false);
    list.addPage([at(1)], true);
    expect(seconds(list)).toEqual([5, 4, 3, 1]);
    expect(list.complete).toBe(true);
  });

  it("do not set back what is known to have ended", () => {
    const list = loaded([at(5)]);
    list.addPage([running(5)], true);
    expect(list.at(0)?.status).toBe("succeeded");
  });

  it("begin anew with another filter", () => {
    const list = loaded([at(5)]);
    list.replace(filtersOf({ q: "x" }, sampleTime), [at(2)], false);
    expect(seconds(list)).toEqual([2]);
  });
});

describe("what comes live", () => {
  it("stands in its place, the newest on top", () => {
    const list = loaded([at(5), at(1)]);
    receive(list, at(6), at(8), at(7), at(3));
    expect(seconds(list)).toEqual([8, 7, 6, 5, 3, 1]);
  });

  it("changes what is there in place, and never lets the ended run again", () => {
    const list = loaded([at(6), running(5)]);
    receive(list, at(5, { status: "failed" }));
    receive(list, running(5));
    expect(list.at(1)?.status).toBe("failed");
    expect(list.size).toBe(2);
  });

  it("keeps the last progress of what runs, and forgets it at the end", () => {
    const list = loaded([running(5)]);
    const progress = { done: 1, total: 4, message: undefined };
    list.receive([{ execution: running(5), progress }]);
    receive(list, running(5));
    expect(list.progressOf(running(5).id)).toEqual(progress);
    receive(list, at(5));
    expect(list.progressOf(at(5).id)).toBeUndefined();
  });

  it("is left to its page where it is older than what is loaded", () => {
    const list = loaded([at(5), at(4)], {}, false);
    receive(list, at(1));
    expect(seconds(list)).toEqual([5, 4]);
  });

  it("passes the filters: it comes when it fits and goes when it does no longer", () => {
    const failures = loaded([], { status: "failed" });
    receive(failures, running(5));
    expect(failures.size).toBe(0);
    receive(failures, at(5, { status: "failed" }));
    expect(failures.size).toBe(1);
    const underWay = loaded([running(5), running(4)], { status: "running" });
    receive(underWay, at(5));
    expect(seconds(underWay)).toEqual([4]);
  });

  it("is counted: each that begins, each that fails, once", () => {
    const list = loaded([running(1)]);
    expect(receive(list, running(5), at(6, { status: "timed_out" }))).toEqual({
      begun: 2,
      failed: 1,
    });
    expect(receive(list, at(5), at(1, { status: "failed" }))).toEqual({ begun: 0, failed: 1 });
    expect(receive(list, at(1, { status: "failed" }))).toEqual({ begun: 0, failed: 0 });
  });
});

describe("what is held", () => {
  it("lets new ones wait and changes the others, while somebody reads further down", () => {
    const list = loaded([running(5)]);
    list.hold("new");
    receive(list, running(6), at(6), at(7), at(5));
    expect(list.waiting).toBe(2);
    expect(list.at(0)?.status).toBe("succeeded");
    list.hold("nothing");
    expect(seconds(list)).toEqual([7, 6, 5]);
    expect(list.at(1)?.status).toBe("succeeded");
    expect(list.waiting).toBe(0);
  });

  it("moves nothing that does not fit any more until the reader is back", () => {
    const list = loaded([running(5), running(4)], { status: "running" });
    list.hold("new");
    receive(list, at(5), running(6));
    receive(list, at(6));
    expect(seconds(list)).toEqual([5, 4]);
    expect(list.waiting).toBe(0);
    list.hold("nothing");
    expect(seconds(list)).toEqual([4]);
  });

  it("stands still altogether while it is paused", () => {
    const list = loaded([running(5)]);
    list.hold("everything");
    receive(list, at(5), at(6));
    expect(list.at(0)?.status).toBe("running");
    expect(list.waiting).toBe(1);
    list.hold("new");
    expect(list.at(0)?.status).toBe("succeeded");
    expect(list.waiting).toBe(1);
    list.hold("nothing");
    expect(seconds(list)).toEqual([6, 5]);
  });

  it("is outdated when more comes than can wait", () => {
    const list = loaded([at(0)]);
    list.hold("new");
    receive(list, ...Array.from({ length: mostWaiting + 2 }, (_, index) => at(index + 1)));
    expect(list.outdated).toBe(true);
    expect(list.waiting).toBe(mostWaiting);
    list.replace(filtersOf({}, sampleTime), [at(9)], true);
    expect(list.outdated).toBe(false);
  });
});

describe("a first page, asked for again after a break", () => {
  const page = { items: [at(9), at(8)], nextCursor: "more" };
  it.each([
    ["shares an execution with the list", page, at(8).id, true],
    ["ends below the newest of the list", page, at(8.5).id, true],
    ["ends above it", page, at(7).id, false],
    ["is followed by others and there is no list", page, undefined, false],
    ["is all there is", { ...page, nextCursor: null }, at(7).id, true],
  ])("joins the list where it %s", (_, asked, newest, joins) =>
    expect(reaches(asked, newest)).toBe(joins),
  );
});

it("holds 100,000 and merges 1,000 live ones without a copy of them for each", () => {
  const list = loaded([], {}, false);
  const total = 100_000;
  for (let page = 0; page < total / 200; page += 1)
    list.addPage(
      Array.from({ length: 200 }, (_, index) => at(total - page * 200 - index)),
      page === total / 200 - 1,
    );
  const began = performance.now();
  for (let event = 1; event <= 1000; event += 1) {
    receive(list, running(total + event));
    receive(list, at(total + event));
  }
  const perEvent = (performance.now() - began) / 2000;
  expect(list.size).toBe(total + 1000);
  expect(list.at(0)?.id).toBe(at(total + 1000).id);
  expect(list.at(list.size - 1)?.id).toBe(at(1).id);
  expect(list.indexOf(at(50_000).id)).toBe(51_000);
  // A copy of 100,000 entries takes longer than this.
  expect(perEvent).toBeLessThan(0.1);
});
