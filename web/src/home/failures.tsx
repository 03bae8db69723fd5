import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { failedStatuses } from "../executions/failed";
import { ButtonLink } from "../ui/button";
import { EmptyLine } from "../ui/empty-line";
import { Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { words } from "../words";
import { CallList } from "./call-list";
import { failuresQuery } from "./queries";

const { failures: say } = words.home;

export function Failures() {
  const failures = useQuery(failuresQuery);
  return (
    <Section
      title={say.title}
      actions={
        <ButtonLink
          to="/activity"
          search={{ status: failedStatuses }}
          look="quiet"
          size="small"
          className="-my-1.5 -mr-2.5"
        >
          {say.all}
        </ButtonLink>
      }
    >
      <CallList
        query={failures}
        waiting={<SkeletonRows rows={2} className="h-20" />}
        empty={
          <EmptyLine icon={<CircleCheck aria-hidden className="size-5 shrink-0 text-success" />}>
            {failures.data?.nextCursor ? say.deeper : say.none}
          </EmptyLine>
        }
        withError
      />
    </Section>
  );
}
