import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CornerDownLeft, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { commands, foundQuery, type Command } from "./commands";
import { usePages } from "./use-pages";

type Group = { value: string; items: Command[] };

/** Everything by name: pages, actions, connections, tools. */
export function Palette({
  onClose,
  showShortcuts,
}: {
  onClose: () => void;
  showShortcuts: () => void;
}) {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const pages = usePages();
  const query = useDeferredValue(text.trim());
  const found = useQuery(foundQuery(query));
  const matching = commands({
    pages,
    go: (to) => void navigate({ to }),
    showShortcuts,
  }).filter(({ label }) =>
    query
      .toLowerCase()
      .split(/\s+/)
      .every((word) => label.toLowerCase().includes(word)),
  );
  const groups: Group[] = [
    { value: words.shell.palette.pages, items: matching.filter(({ kind }) => kind === "page") },
    { value: words.shell.palette.actions, items: matching.filter(({ kind }) => kind === "action") },
    {
      value: words.shell.palette.connections,
      items: (found.data?.connections ?? []).map((connection) => ({
        id: connection.id,
        kind: "page" as const,
        label: plainLine(connection.name, 80),
        run: () => void navigate({ to: "/connections/$id", params: { id: connection.id } }),
      })),
    },
    {
      value: words.shell.palette.tools,
      items: (found.data?.tools ?? []).map((tool) => ({
        id: tool.id,
        kind: "page" as const,
        label: plainLine(tool.title ?? tool.name, 80),
        detail: plainLine(tool.exposedName, 80),
        run: () => void navigate({ to: "/playground/$toolId", params: { toolId: tool.id } }),
      })),
    },
  ].filter(({ items }) => items.length > 0);
  const choose = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-overlay transition-[opacity,scale] data-starting-style:scale-98 data-starting-style:opacity-0">
          <Dialog.Title className="sr-only">{words.shell.palette.label}</Dialog.Title>
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={groups}
            value={text}
            onValueChange={setText}
            itemToStringValue={(command: Command) => command.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search aria-hidden className="size-5 shrink-0 text-muted" />
              <Autocomplete.Input
                aria-label={words.shell.palette.label}
                placeholder={words.shell.palette.placeholder}
                className="min-h-13 min-w-0 flex-1 bg-transparent outline-none"
              />
              <kbd className="rounded border border-line px-1.5 text-xs text-muted">Esc</kbd>
            </div>
            <Autocomplete.Empty className="px-4 py-8 text-center text-muted empty:p-0">
              {found.isFetching ? `${words.common.loading} …` : words.shell.palette.nothing}
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 overflow-y-auto p-2 empty:p-0">
              {(group: Group) => (
                <Autocomplete.Group key={group.value} items={group.items} className="pb-2">
                  <Autocomplete.GroupLabel className="px-3 py-1.5 text-xs font-medium text-muted">
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(command: Command) => (
                      <Autocomplete.Item
                        key={command.id}
                        value={command}
                        onClick={() => choose(command)}
                        className="group flex min-h-10 items-center gap-3 rounded-lg px-3 text-sm data-highlighted:bg-raised"
                      >
                        <bdi className="min-w-0 flex-1 truncate">{command.label}</bdi>
                        {command.detail ? (
                          <bdi className="min-w-0 truncate font-mono text-xs text-muted">
                            {command.detail}
                          </bdi>
                        ) : null}
                        <CornerDownLeft
                          aria-hidden
                          className="hidden size-4 text-muted group-data-highlighted:block"
                        />
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
