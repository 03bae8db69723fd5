import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../../../shared/contracts/account";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account as own, sessionsQuery } from "./api";
import { deviceOf } from "./device";
import { SessionRow } from "./session-row";

const say = words.account.sessions;

export function SessionsSection() {
  const sessions = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const renew = () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const end = useMutation({
    mutationFn: ({ id }: Session) => own.endSession(id),
    onSuccess: (_, { userAgent }) =>
      notify({ tone: "success", title: say.ended(deviceOf(userAgent) ?? say.unknownDevice) }),
    onSettled: renew,
  });
  const endOthers = useMutation({
    mutationFn: own.endOtherSessions,
    onSuccess: ({ ended }) => notify({ tone: "success", title: say.endedOthers(ended) }),
    onSettled: () => {
      setAsked(false);
      return renew();
    },
  });
  const items = sessions.data?.items.toSorted((a, b) => Number(b.current) - Number(a.current));
  const failed = end.error ?? endOthers.error;
  return (
    <Section
      title={say.title}
      actions={
        (items?.length ?? 0) > 1 ? (
          <Button size="small" onClick={() => setAsked(true)}>
            {say.endOthers}
          </Button>
        ) : null
      }
    >
      <p className="-mt-1 text-sm text-muted">{items?.length === 1 ? say.only : say.hint}</p>
      {failed ? <ErrorNote error={failed} /> : null}
      {sessions.error ? (
        <ErrorNote error={sessions.error} retry={() => void sessions.refetch()} />
      ) : null}
      {sessions.isPending ? <SkeletonRows rows={2} className="h-16" /> : null}
      {items ? (
        <Panel>
          <ul className="divide-y divide-line">
            {items.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={end.isPending && end.variables.id === session.id}
                onEnd={() => end.mutate(session)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={say.askOthers}
        description={say.othersConsequence}
        confirm={say.endOthers}
        danger
        busy={endOthers.isPending}
        onConfirm={() => endOthers.mutate()}
      />
    </Section>
  );
}
