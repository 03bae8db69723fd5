import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Blocks, SearchX } from "lucide-react";
import { useEffect } from "react";
import { BackToConnections } from "../connections/back-to-connections";
import { announce } from "../shell/announcer";
import { useMay } from "../shell/use-may";
import { Button, ButtonLink } from "../ui/button";
import { Select } from "../ui/field";
import { LoadMore } from "../ui/load-more";
import { Page } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { categories, isCategory, type Category } from "./category";
import { ConnectorGrid } from "./connector-grid";
import { McpCard } from "./mcp-card";
import { connectorsQuery } from "./queries";
import type { ConnectSearch } from "./search";

const say = connectWords.choose;

/** Which connector: an MCP server, or one of the catalogue's. */
export function ChoosePage() {
  const { q, category: asked } = useSearch({ from: "/shell/connections/new" });
  const category = isCategory(asked) ? asked : undefined;
  const navigate = useNavigate();
  const maySeeApps = useMay("connections.write");
  const list = useInfiniteQuery(
    connectorsQuery({ ...(q === undefined ? {} : { q }), ...(category ? { category } : {}) }),
  );
  const found = list.data?.pages.flatMap(({ items }) => items);
  // It stands above the others already.
  const shown = found?.filter(({ id }) => id !== "mcp");
  const narrow = (search: Pick<ConnectSearch, "q" | "category">) =>
    void navigate({ to: "/connections/new", search, replace: true });
  const filtered = q !== undefined || category !== undefined;
  const count = shown?.length;
  const more = list.hasNextPage;
  useEffect(() => {
    if (filtered && count !== undefined && !list.isFetching) announce(say.shown(count, more));
  }, [filtered, count, more, list.isFetching]);
  return (
    <Page
      title={connectWords.title}
      above={<BackToConnections />}
      description={connectWords.description}
      actions={
        maySeeApps ? (
          <ButtonLink to="/connections/apps" icon={<Blocks aria-hidden className="size-4" />}>
            {connectWords.apps.link}
          </ButtonLink>
        ) : null
      }
    >
      <McpCard />
      <div className="flex flex-wrap gap-3">
        <SearchInput
          label={say.search}
          value={q ?? ""}
          className="flex-1 basis-56"
          onChange={(typed) =>
            narrow({ ...(typed === "" ? {} : { q: typed }), ...(category ? { category } : {}) })
          }
        />
        <CategoryChoice
          value={category}
          onChange={(chosen) =>
            narrow({ ...(q === undefined ? {} : { q }), ...(chosen ? { category: chosen } : {}) })
          }
        />
      </div>
      {list.error && !shown ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.error && shown && !list.isFetchNextPageError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={6} className="h-20" /> : null}
      {shown && shown.length > 0 ? <ConnectorGrid connectors={shown} /> : null}
      {shown?.length === 0 && found?.length === 0 ? (
        <EmptyState
          icon={<SearchX className="size-6" />}
          title={say.none}
          actions={filtered ? <Button onClick={() => narrow({})}>{say.showAll}</Button> : null}
        >
          <p>{say.noneHint}</p>
        </EmptyState>
      ) : null}
      <LoadMore list={list} />
    </Page>
  );
}

function CategoryChoice({
  value,
  onChange,
}: {
  value: Category | undefined;
  onChange: (category: Category | undefined) => void;
}) {
  return (
    <Select
      aria-label={say.category}
      className="w-auto!"
      value={value ?? ""}
      onChange={({ target }) => onChange(categories.find((one) => one === target.value))}
    >
      <option value="">{say.anyCategory}</option>
      {categories
        .filter((one) => one !== "mcp")
        .map((one) => (
          <option key={one} value={one}>
            {say.categories[one]}
          </option>
        ))}
    </Select>
  );
}
