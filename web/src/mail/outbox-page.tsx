import { queryOptions, useQuery } from "@tanstack/react-query";
import { Inbox, RotateCw } from "lucide-react";
import type { Outbox } from "../../../shared/contracts/auth";
import { ApiError, call } from "../client";
import { Announcer } from "../shell/announcer";
import { TextLink } from "../teams/auth-link";
import { Button } from "../ui/button";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorState } from "../ui/states";
import { words } from "../words";
import { Mail } from "./mail";

const say = words.outbox;
const lookAgainMs = 5000;

const outboxQuery = queryOptions({
  queryKey: ["outbox"],
  queryFn: ({ signal }) => call<Outbox>("GET", "auth/outbox", { signal }),
  // Somebody waits here for the mail that was just sent.
  refetchInterval: ({ state }) => (state.error ? false : lookAgainMs),
  staleTime: 0,
});

/** The mail of a hub on somebody's own machine. */
export function OutboxPage() {
  const outbox = useQuery(outboxQuery);
  const off = outbox.error instanceof ApiError && outbox.error.code === "not_found";
  return (
    <main>
      <Page
        title={say.title}
        description={off ? undefined : say.description}
        above={
          <p className="text-sm">
            <TextLink to="/sign-in">{say.signIn}</TextLink>
          </p>
        }
        actions={
          off ? null : (
            <Button
              icon={<RotateCw aria-hidden className="size-4" />}
              onClick={() => void outbox.refetch()}
            >
              {say.reload}
            </Button>
          )
        }
      >
        <Mails outbox={outbox} off={off} />
      </Page>
      <Announcer />
    </main>
  );
}

function Mails({
  outbox: { data, error, refetch },
  off,
}: {
  outbox: ReturnType<typeof useQuery<Outbox>>;
  off: boolean;
}) {
  const icon = <Inbox className="size-6" />;
  if (off)
    return (
      <EmptyState icon={icon} title={say.off}>
        {say.offHint}
      </EmptyState>
    );
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} className="h-20" />;
  if (data.items.length === 0)
    return (
      <EmptyState icon={icon} title={say.empty}>
        {say.emptyHint}
      </EmptyState>
    );
  return (
    <ul aria-label={say.list} className="flex flex-col gap-3">
      {data.items.map((mail, at) => (
        <li key={mail.id}>
          <Mail mail={mail} open={at === 0} />
        </li>
      ))}
    </ul>
  );
}
