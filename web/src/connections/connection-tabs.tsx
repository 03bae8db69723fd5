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
import { SignInTab } from "./sign-in-tab";
import { isMcp } from "./standing";
import { ToolsTab } from "./tools-tab";
import type { OpenDialog } from "./connection-dialogs";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.page;

export function ConnectionTabs({
  connection,
  actions,
  mayChange,
  onOpen,
}: {
  connection: Connection;
  actions: ConnectionActions;
  mayChange: boolean;
  onOpen: (dialog: OpenDialog) => void;
}) {
  // A vendor offers nothing of its own accord: its tools come with the hub.
  const offers = isMcp(connection);
  const first = offers ? "tools" : "sign-in";
  const { tab = first } = useSearch({ from: "/shell/connections/$id" });
  const navigate = useNavigate({ from: "/connections/$id" });
  useLinkedTab(tab);
  const contents: Record<ConnectionTab, React.ReactNode> = {
    tools: offers ? <ToolsTab connection={connection} /> : null,
    "held-back": offers ? <HeldBackTab connection={connection} /> : null,
    offers: offers ? <OffersTab connection={connection} /> : null,
    activity: offers ? <ActivityTab connection={connection} /> : null,
    "sign-in": (
      <SignInTab connection={connection} actions={actions} mayChange={mayChange} onOpen={onOpen} />
    ),
    access:
      mayChange && connection.owner.kind === "team" ? <AccessTab connection={connection} /> : null,
    settings: mayChange ? <SettingsTab connection={connection} actions={actions} /> : null,
  };
  return (
    <Tabs
      label={said.tabs}
      value={contents[tab] === null ? first : tab}
      onChange={(next) => {
        const chosen = connectionTabs.find((known) => known === next);
        void navigate({
          search: chosen === undefined || chosen === first ? {} : { tab: chosen },
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
