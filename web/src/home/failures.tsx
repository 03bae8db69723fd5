import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { CallRow, CallRows, NoCalls } from "./call-rows";
import { failedStates, failuresQuery } from "./queries";

const { failures: say } = words.home;

export function Failures() {
  const { data, isError, error, refetch } = useQuery(failuresQuery);
  return (
    <Section
      title={say.title}
      actions={
        <ButtonLink
          to="/activity"
          search={{ status: failedStates }}
          look="quiet"
          size="small"
          className="-my-1.5 -mr-2.5"
        >
          {say.all}
        </ButtonLink>
      }
    >
      {data ? (
        data.items.length > 0 ? (
          <CallRows>
            {data.items.map((execution) => (
              <CallRow key={execution.id} execution={execution} withError />
            ))}
          </CallRows>
        ) : (
          <NoCalls icon={<CircleCheck aria-hidden className="size-5 shrink-0 text-success" />}>
            {data.nextCursor === null ? say.none : say.deeper}
          </NoCalls>
        )
      ) : isError ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={2} className="h-20" />
      )}
    </Section>
  );
}
