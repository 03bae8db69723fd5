import { describe, expect, it } from "vitest";
import { lowestIdAt } from "../../../shared/ids";
import { countSet, queryOf } from "../live-list/filters";
import { bulkFilterOf, filtersOf, mayMatch } from "./filters";
import { jobsSearch } from "./search";
import { sampleJob } from "./sample";

const now = 1_793_232_000_000;

describe("filters of jobs", () => {
  it("come from the address, and what is no filter does not", () => {
    expect(jobsSearch({ status: "failed", actor: 7, tab: "x", tool: "" })).toEqual({
      status: "failed",
      actor: "7",
    });
    expect(filtersOf({ status: "failed,nonsense,lost" }, now).statuses).toEqual(["failed", "lost"]);
  });

  it("say the same to the list and to what is done to many", () => {
    const filters = filtersOf({ status: "failed,lost", since: "1h", connection: "finance" }, now);
    const since = String(now - 3_600_000);
    expect(queryOf(filters)).toEqual({ status: "failed,lost", connection: "finance", since });
    expect(bulkFilterOf(filters)).toEqual({
      status: ["failed", "lost"],
      connection: "finance",
      since,
    });
    expect(bulkFilterOf(filtersOf({}, now))).toEqual({});
  });

  it("fit what the hub would list", () => {
    const job = sampleJob({ id: `${lowestIdAt("job", now)}00`, status: "failed" });
    const fits = (search: Parameters<typeof filtersOf>[0]) => mayMatch(job, filtersOf(search, now));
    expect(fits({ connection: "finance", status: "failed", actor: "per_1" })).toBe(true);
    expect(fits({ actor: "per_2" })).toBe(false);
    expect(fits({ since: String(now + 1) })).toBe(false);
    expect(fits({ until: String(now + 1) })).toBe(true);
  });

  it("count a range of time as one", () => {
    expect(countSet({ since: "1h", until: "x", status: "lost" })).toBe(2);
  });
});
