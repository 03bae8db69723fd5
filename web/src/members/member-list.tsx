import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { TeamMember } from "../../../shared/contracts/members";
import { LoadMore } from "../ui/load-more";
import { Panel, Section } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { MemberRow } from "./member-row";
import { membersQuery } from "./queries";

const said = words.team.members;
const ChangeRole = lazy(() =>
  import("./change-role-dialog").then(({ ChangeRoleDialog }) => ({ default: ChangeRoleDialog })),
);
const Remove = lazy(() =>
  import("./remove-dialog").then(({ RemoveDialog }) => ({ default: RemoveDialog })),
);

export function MemberList({
  q,
  mayManage,
  count,
  onSearch,
}: {
  q: string | undefined;
  mayManage: boolean;
  count: number | undefined;
  onSearch: (q: string) => void;
}) {
  const list = useInfiniteQuery(membersQuery(q));
  const [asked, setAsked] = useState<{ about: TeamMember; what: "role" | "remove" }>();
  const members = list.data?.pages.flatMap(({ items }) => items);
  const close = () => setAsked(undefined);
  if (list.error && !members)
    return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  return (
    <Section
      title={said.title}
      actions={
        count === undefined ? null : (
          <span className="text-sm text-muted tabular-nums">{said.count(count)}</span>
        )
      }
    >
      <SearchInput label={said.search} value={q ?? ""} onChange={onSearch} className="max-w-md" />
      {list.error && !list.isFetchNextPageError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {members ? null : <SkeletonRows rows={4} className="h-17" />}
      {members?.length === 0 ? (
        <EmptyState icon={<SearchX className="size-6" />} title={said.noneFound}>
          <p>{said.noneFoundHint}</p>
        </EmptyState>
      ) : null}
      {members?.length ? (
        <Panel>
          <ul className="divide-y divide-line" aria-busy={list.isPlaceholderData || undefined}>
            {members.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                mayManage={mayManage}
                onChangeRole={() => setAsked({ about: member, what: "role" })}
                onRemove={() => setAsked({ about: member, what: "remove" })}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      {members?.length === 1 && q === undefined && mayManage ? (
        <p className="text-sm text-muted">{said.alone}</p>
      ) : null}
      <LoadMore list={list} byHand />
      <Suspense>
        {asked?.what === "role" ? <ChangeRole member={asked.about} onClose={close} /> : null}
        {asked?.what === "remove" ? <Remove member={asked.about} onClose={close} /> : null}
      </Suspense>
    </Section>
  );
}
