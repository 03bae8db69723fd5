import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BulkJobsSent } from "../../../shared/contracts/jobs";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { notify } from "../ui/notify";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import { inParts, total } from "./bulk";
import { changeMany } from "./requests";

const text = say.bulk;

export type BulkAction = BulkJobsSent["action"];
/** Those chosen one by one, or all that match. */
export type BulkSubject =
  | { ids: readonly string[] }
  | { filter: NonNullable<BulkJobsSent["filter"]> };

/** Counts first what it would be done to, and does it when that is wanted. */
export function BulkDialog({
  action,
  subject,
  onClose,
  onDone,
}: {
  action: BulkAction;
  subject: BulkSubject;
  onClose: () => void;
  onDone: () => void;
}) {
  const [soFar, setSoFar] = useState(0);
  const preview = useQuery({
    queryKey: [...queryKeys.jobs, "bulk", action, subject],
    queryFn: () =>
      Promise.all(
        inParts(subject).map((part) => changeMany({ action, ...part, preview: true })),
      ).then(total),
    staleTime: 0,
    gcTime: 0,
  });
  const change = useMutation({
    mutationFn: async () => {
      let done = 0;
      for (const part of inParts(subject)) {
        // One answer is about so many at most: as long as it moved any and there are more, it is asked again.
        for (let more = true; more;) {
          const answer = await changeMany({ action, ...part, preview: false });
          done += answer.done;
          more = answer.more && answer.done > 0;
          setSoFar(done);
        }
      }
      return done;
    },
    onSuccess: (done) => {
      notify({ tone: "success", title: text.done[action](done) });
      onDone();
    },
  });
  const matched = preview.data?.matched ?? 0;
  const left = "ids" in subject && preview.data ? subject.ids.length - matched : 0;
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={text.title[action]}
      actions={
        <>
          <Button onClick={onClose}>
            {preview.data && matched === 0 ? words.common.close : text.dismiss[action]}
          </Button>
          {preview.data && matched === 0 ? null : (
            <Button
              look={action === "cancel" ? "danger" : "primary"}
              busy={change.isPending}
              disabled={!preview.data}
              onClick={() => change.mutate()}
            >
              {change.isPending && soFar > 0
                ? text.working(soFar)
                : preview.data
                  ? text.confirm[action](matched, preview.data.more)
                  : text.counting}
            </Button>
          )}
        </>
      }
    >
      {preview.isPending ? <Skeleton className="h-12 w-full" /> : null}
      {preview.error ? (
        <ErrorNote error={preview.error} retry={() => void preview.refetch()} />
      ) : null}
      {preview.data ? (
        <div role="status" className="flex flex-col gap-2">
          <p className="font-medium">{text.matched[action](matched, preview.data.more)}</p>
          {left > 0 && matched > 0 ? <p>{text.left(left)}</p> : null}
          {matched > 0 ? <p className="text-sm text-muted">{text.why[action]}</p> : null}
        </div>
      ) : null}
      {change.error ? <ErrorNote error={change.error} /> : null}
    </Dialog>
  );
}
