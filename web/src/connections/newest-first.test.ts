import { expect, it } from "vitest";
import type { Execution } from "../../../shared/contracts/executions";
import { newestFirst } from "./newest-first";

const call = (id: string, startedAt: number, status: Execution["status"] = "running") =>
  ({ id, startedAt, status }) as Execution;
const ids = (list: readonly Execution[]) => list.map(({ id }) => id).join("");

it("puts a new call on top", () =>
  expect(ids(newestFirst([call("b", 2), call("a", 1)], call("c", 3)))).toBe("cba"));

it("keeps a known call where it stands, as it is now", () => {
  const list = newestFirst([call("c", 3), call("b", 2)], call("b", 2, "succeeded"));
  expect(ids(list)).toBe("cb");
  expect(list[1]?.status).toBe("succeeded");
});

it("leaves out what is older than twenty", () => {
  const full = Array.from({ length: 20 }, (_, n) => call(`${n}.`, 100 - n));
  expect(newestFirst(full, call("old", 1))).toEqual(full);
});
