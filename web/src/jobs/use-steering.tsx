import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Job } from "../../../shared/contracts/jobs";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { jobs as say } from "../words/jobs";
import { cancelJob, retryJob } from "./requests";
import { mayCancel, mayRetry } from "./steering";

const text = say.actions;

/** Cancelling and retrying one job, each asked for once more; `dialog` is to be drawn. */
export function useSteering(onChange: (job: Job) => void = () => undefined) {
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ what: "cancel" | "retry"; job: Job }>();
  const [open, setOpen] = useState(false);
  const reader = { personId: me?.person.id ?? "", permissions: me?.permissions ?? [] };
  const name = asked ? plainLine(asked.job.name, 80) : "";
  const act = useMutation({
    mutationFn: ({ what, job }: { what: "cancel" | "retry"; job: Job }) =>
      what === "cancel" ? cancelJob(job.id) : retryJob(job.id),
    onSuccess: (job, { what }) => {
      setOpen(false);
      onChange(job);
      notify({
        tone: "success",
        title:
          what === "retry"
            ? text.retried(name)
            : job.status === "cancelled"
              ? text.cancelled(name)
              : text.cancelAsked(name),
      });
      void queries.invalidateQueries({ queryKey: queryKeys.jobs });
    },
  });
  const ask = (what: "cancel" | "retry") => (job: Job) => {
    act.reset();
    setAsked({ what, job });
    setOpen(true);
  };
  const isCancel = asked?.what === "cancel";
  return {
    mayCancel: (job: Job) => mayCancel(job, reader),
    mayRetry: (job: Job) => mayRetry(job, reader, Date.now()),
    cancel: ask("cancel"),
    retry: ask("retry"),
    dialog: (
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={isCancel ? text.cancelTitle(name) : text.retryTitle(name)}
        description={
          isCancel
            ? text.cancelWhy[asked.job.status === "queued" ? "queued" : "running"]
            : text.retryWhy
        }
        confirm={isCancel ? text.cancelConfirm : text.retryConfirm}
        dismiss={isCancel ? text.keep : text.leave}
        danger={isCancel}
        busy={act.isPending}
        onConfirm={() => {
          if (asked) act.mutate(asked);
        }}
      >
        {act.error ? <ErrorNote error={act.error} /> : null}
      </ConfirmDialog>
    ),
  };
}
