import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { actionInWords } from "../audit/action-words";
import { useNames } from "../audit/use-names";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { EmptyLine } from "../ui/empty-line";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { life } from "../words/connection-life";
import { tellsOfSignIn } from "./sign-in-actions";

const say = life.signIn;
const shown = 10;

/** What the audit log says of its sign-in, newest first. */
export function SignInHistory({ id }: { id: string }) {
  const names = useNames();
  const log = useQuery({
    queryKey: [...queryKeys.audit, "connection", id],
    queryFn: ({ signal }) =>
      answer(
        api.v1.audit.$get(
          { query: { subject: id, action: "connection.*", limit: "50" } },
          { init: { signal } },
        ),
      ),
  });
  const entries = log.data?.items.filter(({ action }) => tellsOfSignIn(action)).slice(0, shown);
  return (
    <Section
      title={say.history}
      actions={
        <Link
          to="/audit"
          search={{ subject: id }}
          className="inline-flex min-h-8 items-center text-sm text-accent underline"
        >
          {say.historyAll}
        </Link>
      }
    >
      {log.error ? <ErrorNote error={log.error} retry={() => void log.refetch()} /> : null}
      {log.isPending ? <SkeletonRows rows={2} className="h-11" /> : null}
      {entries?.length === 0 ? (
        <EmptyLine icon={<History aria-hidden className="size-5 shrink-0 text-muted" />}>
          {say.historyNone}
        </EmptyLine>
      ) : null}
      {entries?.length ? (
        <Panel>
          <ol className="divide-y divide-line">
            {entries.map((entry) => (
              <li
                key={entry.id}
                className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm"
              >
                <span className="min-w-0 wrap-anywhere">{actionInWords(entry.action)}</span>
                <span className="flex flex-wrap gap-x-3 text-[0.8125rem] text-muted">
                  <bdi>{names.who(entry.actor)}</bdi>
                  <RelativeTime at={entry.at} />
                </span>
              </li>
            ))}
          </ol>
        </Panel>
      ) : null}
    </Section>
  );
}
