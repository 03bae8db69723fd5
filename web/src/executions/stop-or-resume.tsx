import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Square, StepForward } from "lucide-react";
import { useState } from "react";
import type { ExecutionDetail } from "../../../shared/contracts/executions";
import type { Job } from "../../../shared/contracts/jobs";
import { call } from "../client";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { activityMore as say } from "../words/activity-more";

type Shown = { execution: ExecutionDetail };
const pathOf = ({ id }: ExecutionDetail) => `v1/executions/${encodeURIComponent(id)}`;

/** Ends a call that goes on, or takes up one that broke off. */
export function StopOrResume({ execution }: Shown) {
  const { data: me } = useQuery(meQuery);
  const { status, actor, context } = execution;
  const may = (permission: "tools.call" | "executions.manage") =>
    me?.permissions.includes(permission) ?? false;
  const isOwn = actor.personId === me?.person.id;
  if (status === "running")
    return (isOwn ? may("tools.call") : may("executions.manage")) ? (
      <Stop execution={execution} />
    ) : null;
  // A job's attempt is taken up with its job.
  const brokeOff = status === "cancelled" || status === "lost" || status === "timed_out";
  const isKept = execution.arguments !== null && !execution.arguments.truncated;
  return brokeOff && isKept && context.jobId === undefined && may("tools.call") ? (
    <Resume execution={execution} />
  ) : null;
}

function Stop({ execution }: Shown) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const stop = useMutation({
    mutationFn: () => call("POST", `${pathOf(execution)}/stop`),
    onSuccess: async () => {
      setAsked(false);
      notify({ tone: "success", title: say.stop.done });
      await queries.invalidateQueries({ queryKey: queryKeys.executions });
    },
  });
  return (
    <>
      <Button
        size="small"
        icon={<Square aria-hidden className="size-3.5" />}
        onClick={() => {
          stop.reset();
          setAsked(true);
        }}
      >
        {say.stop.button}
      </Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={say.stop.title(plainLine(execution.name, 60))}
        description={say.stop.asked}
        confirm={say.stop.confirm}
        danger
        busy={stop.isPending}
        onConfirm={() => stop.mutate()}
      >
        {stop.error ? <ErrorNote error={stop.error} /> : null}
      </ConfirmDialog>
    </>
  );
}

function Resume({ execution }: Shown) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const resume = useMutation({
    mutationFn: () => call<Job>("POST", `${pathOf(execution)}/resume`),
    onSuccess: ({ id }) => {
      setAsked(false);
      notify({ tone: "success", title: say.resume.done });
      void navigate({ to: "/jobs/$id", params: { id } });
    },
  });
  return (
    <>
      <Button
        size="small"
        icon={<StepForward aria-hidden className="size-4" />}
        onClick={() => {
          resume.reset();
          setAsked(true);
        }}
      >
        {say.resume.button}
      </Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={say.resume.title(plainLine(execution.name, 60))}
        description={say.resume.why}
        confirm={say.resume.confirm}
        busy={resume.isPending}
        onConfirm={() => resume.mutate()}
      >
        {resume.error ? <ErrorNote error={resume.error} /> : null}
      </ConfirmDialog>
    </>
  );
}
