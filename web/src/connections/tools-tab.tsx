import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { SearchX, Wrench } from "lucide-react";
import { useEffect } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { announce } from "../shell/announcer";
import { toolQuery, toolsQuery } from "../tools/queries";
import { Button } from "../ui/button";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote } from "../ui/states";
import { words } from "../words";
import { ToolRow } from "./tool-row";

const said = words.connections.tool;

export function ToolsTab({ connection: { id, counts, server } }: { connection: Connection }) {
  const { q, tool: open } = useSearch({ from: "/shell/connections/$id" });
  const navigate = useNavigate({ from: "/connections/$id" });
  const list = useInfiniteQuery(
    toolsQuery(q === undefined ? { connection: id } : { connection: id, q }),
  );
  const found = list.data?.pages.flatMap(({ items }) => items);
  const shown = found?.length;
  const linked = useQuery({
    ...toolQuery(open ?? ""),
    enabled: open !== undefined && shown !== undefined && !found?.some((tool) => tool.id === open),
  });
  const settled = shown !== undefined && !list.isPlaceholderData;
  useEffect(() => {
    if (settled && q !== undefined) announce(said.shown(shown, list.hasNextPage));
  }, [settled, shown, q, list.hasNextPage]);
  const show = (next: string) =>
    void navigate({
      search: ({ q: _q, ...rest }) => (next === "" ? rest : { ...rest, q: next }),
      replace: true,
      resetScroll: false,
    });
  const toggle = (tool: string) =>
    void navigate({
      search: ({ tool: before, ...rest }) => (before === tool ? rest : { ...rest, tool }),
      replace: true,
      resetScroll: false,
    });

  if (list.error && !found)
    return <ErrorNote error={list.error} retry={() => void list.refetch()} />;
  if (shown === 0 && q === undefined)
    return (
      <EmptyState icon={<Wrench className="size-6" />} title={server ? said.none : said.unknown}>
        <p>{server ? said.noneHint : said.unknownHint}</p>
      </EmptyState>
    );
  const rows = linked.data && found ? [linked.data, ...found] : found;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {counts.tools > 5 || q !== undefined ? (
        <search>
          <SearchInput label={said.search} value={q ?? ""} onChange={show} />
        </search>
      ) : null}
      {rows === undefined ? <SkeletonRows rows={4} /> : null}
      {shown === 0 ? (
        <EmptyState
          icon={<SearchX className="size-6" />}
          title={said.noneFound}
          actions={<Button onClick={() => show("")}>{said.clear}</Button>}
        >
          <p>{said.noneFoundHint}</p>
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <ul aria-label={said.list} className="divide-y divide-line">
            {rows.map((tool) => (
              <ToolRow
                key={tool.id}
                tool={tool}
                open={tool.id === open}
                onToggle={() => toggle(tool.id)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} />
    </div>
  );
}
