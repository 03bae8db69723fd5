import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { EmptyLine } from "../ui/empty-line";
import { Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { words } from "../words";
import { CallList } from "./call-list";
import { latestCount, latestQuery } from "./queries";

const { latest: say } = words.home;

export function LatestCalls() {
  const latest = useQuery(latestQuery);
  return (
    <Section
      title={say.title}
      actions={
        <ButtonLink to="/activity" look="quiet" size="small" className="-my-1.5 -mr-2.5">
          {say.all}
        </ButtonLink>
      }
    >
      <CallList
        query={latest}
        waiting={<SkeletonRows rows={latestCount} className="h-14" />}
        empty={
          <EmptyLine icon={<Activity aria-hidden className="size-5 shrink-0 text-muted" />}>
            {say.none}
          </EmptyLine>
        }
      />
    </Section>
  );
}
