import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { plainLine } from "../ui/foreign";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { jobs as say } from "../words/jobs";
import { JobView } from "./job-view";
import { useJob } from "./use-job";
import { jobFeedQuery } from "./job-feed";

export function JobPage() {
  const { id } = useParams({ from: "/shell/jobs/$id" });
  const { data: job, error, refetch } = useJob(id);
  return (
    <Page title={job ? plainLine(job.name) : say.detail.label} above={<WayBack />}>
      {job ? <JobView key={id} job={job} /> : null}
      {error && !job ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!job && !error ? <SkeletonRows /> : null}
    </Page>
  );
}

/** To the list as it was left. */
function WayBack() {
  const feed = useQueryClient().getQueryData(jobFeedQuery.queryKey);
  return (
    <Link
      to="/jobs"
      search={feed?.search ?? {}}
      className="inline-flex min-h-8 items-center gap-1.5 self-start rounded-lg text-sm text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {say.detail.back}
    </Link>
  );
}
