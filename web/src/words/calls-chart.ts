import { counted } from "./common";

export const callsChart = {
  title: "Calls by the hour",
  description: (total: number, failed: number) =>
    `${counted(total, "call")} in the last 24 hours${failed === 0 ? "" : `, ${failed} of them failed`}`,
  most: (count: number) => `At most ${counted(count, "call")} in an hour`,
  well: "Went well",
  failed: "Failed",
  none: "No calls in the last 24 hours.",
  asTable: "As a table",
  table: { from: "From", calls: "Calls", failed: "Failed", median: "Half took at most" },
};
