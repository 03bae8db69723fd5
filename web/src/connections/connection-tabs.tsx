import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { heldBackQuery } from "../tools/queries";
import { Badge } from "../ui/badge";
import { Tabs } from "../ui/tabs";
import { words } from "../words";
import { AccessTab } from "./access-tab";
import { ActivityTab } from "./activity-tab";
import { HeldBackTab } from "./held-back-tab";
import { OffersTab } from "./offers-tab";
import { connectionTabs, partsId, type ConnectionTab } from "./search";
import { SettingsTab } from "./settings-tab";
import { ToolsTab } from "./tools-tab";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.page;

export function ConnectionTabs({
  connection,
  actions,
  mayChange,
}: {
  connection: Connection;
  actions: ConnectionActions;
  mayChange: boolean;
}) {
  const { tab = "tools" } = useSearch({ from: "/shell/connections/$id" });
  const navigate = useNavigate({ from: "/connections/$id" });
  useLinkedTab(tab);
  const contents: Record<ConnectionTab, React.ReactNode> = {
    tools: <ToolsTab connection={connection} />,
    "held-back": <HeldBackTab connection={connection} />,
    offers: <OffersTab connection={connection} />,
    activity: <ActivityTab connection={connection} />,
    access: mayChange ? <AccessTab connection={connection} /> : null,
    settings: mayChange ? <SettingsTab connection={connection} actions={actions} /> : null,
  };
  return (
    <Tabs
      label={said.tabs}
      value={contents[tab] === null ? "tools" : tab}
      onChange={(next) => {
        const chosen = connectionTabs.find((known) => known === next);
        void navigate({
          search: chosen === undefined || chosen === "tools" ? {} : { tab: chosen },
          hash: "",
          resetScroll: false,
        });
      }}
      tabs={connectionTabs
        .filter((known) => contents[known] !== null)
        .map((known) => ({
          value: known,
          label: known === "held-back" ? <HeldBackLabel id={connection.id} /> : said.tab[known],
          content: contents[known],
        }))}
    />
  );
}

/** A link to a part of the page brings its reader there, also where the page was not drawn yet. */
function useLinkedTab(tab: ConnectionTab): void {
  const linked = useLocation().hash === partsId;
  useEffect(() => {
    if (linked)
      document
        .querySelector<HTMLElement>(`#${partsId} [role="tab"][aria-selected="true"]`)
        ?.focus();
  }, [linked, tab]);
}

function HeldBackLabel({ id }: { id: string }) {
  const held = useInfiniteQuery(heldBackQuery(id));
  const count = held.data?.pages.flatMap(({ items }) => items).length ?? 0;
  return (
    <span className="flex items-center gap-2">
      {said.tab["held-back"]}
      {count > 0 ? <Badge tone="warning">{`${count}${held.hasNextPage ? "+" : ""}`}</Badge> : null}
    </span>
  );
}
