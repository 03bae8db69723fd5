import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
} from "lucide-react";
import type { JobStatus } from "../../../shared/contracts/job-status";
import { Badge, type Tone } from "../ui/badge";
import { jobs as say } from "../words/jobs";

const looks: Record<JobStatus, { tone: Tone; icon: typeof Ban }> = {
  queued: { tone: "neutral", icon: Hourglass },
  running: { tone: "accent", icon: LoaderCircle },
  succeeded: { tone: "success", icon: CircleCheck },
  failed: { tone: "danger", icon: CircleX },
  timed_out: { tone: "warning", icon: Clock },
  cancelled: { tone: "neutral", icon: Ban },
  lost: { tone: "warning", icon: CircleHelp },
};

export function JobStatusBadge({ status }: { status: JobStatus }) {
  const { tone, icon: Icon } = looks[status];
  return (
    <Badge
      tone={tone}
      icon={
        <Icon aria-hidden className={status === "running" ? "size-3.5 animate-spin" : "size-3.5"} />
      }
    >
      {say.status[status]}
    </Badge>
  );
}
