import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CheckCheck, Inbox } from "lucide-react";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { LoadMore } from "../ui/load-more";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { NoticeRow } from "./notice-row";
import { noticesQuery } from "./queries";
import { useRead } from "./use-read";

const say = words.notices;
const tab =
  "flex min-h-8 cursor-pointer items-center justify-center rounded-md px-3.5 text-sm text-muted has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent";

export function InboxPage() {
  const { show } = useSearch({ from: "/shell/inbox" });
  const navigate = useNavigate({ from: "/inbox" });
  const open = show !== "all";
  const list = useInfiniteQuery(noticesQuery(open));
  const notices = list.data?.pages.flatMap(({ items }) => items);
  const readAll = useRead(() => announce(say.allRead));
  const someUnread = notices?.some(({ read, settled }) => !read && !settled) ?? false;
  return (
    <Page
      title={say.title}
      description={say.description}
      actions={
        someUnread ? (
          <Button
            busy={readAll.isPending}
            icon={<CheckCheck aria-hidden className="size-4" />}
            onClick={() => readAll.mutate(undefined)}
          >
            {say.readAll}
          </Button>
        ) : null
      }
    >
      <fieldset className="flex self-start rounded-lg border border-line bg-surface p-0.5">
        <legend className="sr-only">{say.which}</legend>
        {(["open", "all"] as const).map((which) => (
          <label key={which} className={tab}>
            <input
              type="radio"
              name="which"
              className="sr-only"
              checked={open === (which === "open")}
              onChange={() =>
                void navigate({ search: which === "all" ? { show: "all" } : {}, replace: true })
              }
            />
            {say[which]}
          </label>
        ))}
      </fieldset>
      {readAll.error ? <ErrorNote error={readAll.error} /> : null}
      {list.error && !notices ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={3} className="h-21" /> : null}
      {notices?.length === 0 ? (
        <EmptyState icon={<Inbox className="size-6" />} title={open ? say.empty : say.none}>
          <p>{say.emptyHint}</p>
        </EmptyState>
      ) : null}
      {notices?.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {notices.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} />
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} />
    </Page>
  );
}
