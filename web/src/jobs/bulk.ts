import type { BulkJobsSent, BulkJobsDone } from "../../../shared/contracts/jobs";
import type { BulkSubject } from "./bulk-dialog";

/** The hub takes so many ids at once. */
const mostIds = 500;

type Part = Pick<BulkJobsSent, "ids" | "filter">;

/** What is to be changed, in parts the hub takes. */
export function inParts(subject: BulkSubject): Part[] {
  if ("filter" in subject) return [{ filter: subject.filter }];
  const parts: Part[] = [];
  for (let begin = 0; begin < subject.ids.length; begin += mostIds)
    parts.push({ ids: subject.ids.slice(begin, begin + mostIds) });
  return parts;
}

export const total = (answers: readonly BulkJobsDone[]): BulkJobsDone => ({
  matched: answers.reduce((sum, { matched }) => sum + matched, 0),
  done: answers.reduce((sum, { done }) => sum + done, 0),
  more: answers.some(({ more }) => more),
});
