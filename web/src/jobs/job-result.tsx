import { lazy, Suspense } from "react";
import type { JobDetail } from "../../../shared/contracts/jobs";
import { DetailSection } from "../executions/detail-section";
import { SkeletonRows } from "../ui/skeleton";
import { jobs as say } from "../words/jobs";
import { hasEnded } from "./filters";

const ResultView = lazy(() =>
  import("../tools/results/result-view").then(({ ResultView }) => ({ default: ResultView })),
);
const text = say.detail;

/** What came back, for whoever asked for the job; else why it is not shown. */
export function JobResult({ job, isOwn }: { job: JobDetail; isOwn: boolean }) {
  return (
    <DetailSection level={2} title={text.result}>
      {job.result === null ? (
        <p className="text-[0.8125rem] text-muted">{whyNone(job, isOwn)}</p>
      ) : (
        <Suspense fallback={<SkeletonRows rows={1} className="h-24" />}>
          <ResultView result={job.result} />
        </Suspense>
      )}
    </DetailSection>
  );
}

function whyNone(job: JobDetail, isOwn: boolean): string {
  if (!hasEnded(job)) return text.resultWaits;
  if (!isOwn) return text.resultOthers;
  if (job.status !== "succeeded") return text.resultNone;
  return text.resultGone;
}
