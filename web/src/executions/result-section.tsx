import { lazy, Suspense } from "react";
import type { ExecutionDetail } from "../../../shared/contracts/executions";
import { isObject } from "../../../shared/json";
import { SkeletonRows } from "../ui/skeleton";
import { words } from "../words";
import { DetailSection, type Level } from "./detail-section";
import { Body, CopyBody } from "./recorded-body";

const ResultView = lazy(() =>
  import("../tools/results/result-view").then(({ ResultView }) => ({ default: ResultView })),
);
const text = words.activity.detail;

/** What came back. A tool's result is shown by its parts, any other as the JSON it is. */
export function ResultSection({ execution, level }: { execution: ExecutionDetail; level: Level }) {
  const { method, result, status } = execution;
  if (result === null)
    return (
      <DetailSection level={level} title={text.result}>
        <p className="text-[0.8125rem] text-muted">
          {status === "running" ? text.resultWaits : text.noResult}
        </p>
      </DetailSection>
    );
  if (method === "tools/call" && !result.truncated && isObject(result.json))
    return (
      <DetailSection level={level} title={text.result}>
        <Suspense fallback={<SkeletonRows rows={1} className="h-24" />}>
          <ResultView result={result.json} />
        </Suspense>
      </DetailSection>
    );
  return (
    <DetailSection level={level} title={text.result} actions={<CopyBody body={result} />}>
      <Body body={result} label={text.result} />
    </DetailSection>
  );
}
