import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { CallRow, CallRows, NoCalls } from "./call-rows";
import { latestCount } from "./latest";
import { latestQuery } from "./queries";

const { latest: say } = words.home;

export function LatestCalls() {
  const { data, isError, error, refetch } = useQuery(latestQuery);
  return (
    <Section
      title={say.title}
      actions={
        <ButtonLink to="/activity" look="quiet" size="small" className="-my-1.5 -mr-2.5">
          {say.all}
        </ButtonLink>
      }
    >
      {data ? (
        data.items.length > 0 ? (
          <CallRows>
            {data.items.map((execution) => (
              <CallRow key={execution.id} execution={execution} />
            ))}
          </CallRows>
        ) : (
          <NoCalls icon={<Activity aria-hidden className="size-5 shrink-0 text-muted" />}>
            {say.none}
          </NoCalls>
        )
      ) : isError ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={latestCount} className="h-14" />
      )}
    </Section>
  );
}
