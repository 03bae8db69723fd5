import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { plainLine } from "../ui/foreign";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { words } from "../words";
import { ExecutionDetail } from "./execution-detail";
import { useExecution } from "./use-execution";
import { feedQuery } from "./feed";

export function ExecutionPage() {
  const { executionId } = useParams({ from: "/shell/activity/$executionId" });
  const { data: execution, error, refetch } = useExecution(executionId);
  return (
    <Page
      title={execution ? plainLine(execution.name) : words.activity.detail.label}
      above={<WayBack />}
    >
      {execution ? <ExecutionDetail execution={execution} level={2} /> : null}
      {error && !execution ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!execution && !error ? <SkeletonRows /> : null}
    </Page>
  );
}

/** To the list as it was left. */
function WayBack() {
  const feed = useQueryClient().getQueryData(feedQuery.queryKey);
  return (
    <Link
      to="/activity"
      search={feed?.search ?? {}}
      className="inline-flex min-h-8 items-center gap-1.5 self-start rounded-lg text-sm text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {words.activity.detail.back}
    </Link>
  );
}
