import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../client";
import { notify } from "../ui/notify";
import { words } from "../words";
import type { pages, PagePath } from "./pages";
import { setTheme } from "./theme";

export type Command = {
  id: string;
  kind: "page" | "action";
  label: string;
  detail?: string;
  run: () => void;
};

type Abilities = {
  pages: readonly (typeof pages)[number][];
  go: (to: PagePath) => void;
  showShortcuts: () => void;
};

/** What can be done from anywhere. */
export function commands({ pages, go, showShortcuts }: Abilities): Command[] {
  const { palette, theme } = words.shell;
  return [
    ...pages.map(({ to, label, key }): Command => ({
      id: to,
      kind: "page",
      label,
      detail: `g ${key}`,
      run: () => go(to),
    })),
    {
      id: "copy-endpoint",
      kind: "action",
      label: palette.copyEndpoint,
      run: () =>
        void navigator.clipboard.writeText(`${location.origin}/mcp`).then(
          () => notify({ tone: "success", title: words.common.copied }),
          () => notify({ tone: "danger", title: words.common.copyFailed }),
        ),
    },
    { id: "shortcuts", kind: "action", label: palette.shortcuts, run: showShortcuts },
    ...(["light", "dark", "system"] as const).map((value): Command => ({
      id: `theme-${value}`,
      kind: "action",
      label: palette.useTheme(theme[value]),
      run: () => setTheme(value),
    })),
  ];
}

/** Connections and tools with these words in their names; nothing is asked for without any. */
export const foundQuery = (query: string) =>
  queryOptions({
    queryKey: ["palette", query],
    enabled: query !== "",
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const [connections, tools] = await Promise.all([
        answer(api.v1.connections.$get({ query: { query, limit: "5" } }, { init: { signal } })),
        answer(api.v1.tools.$get({ query: { query, limit: "8" } }, { init: { signal } })),
      ]);
      return { connections: connections.items, tools: tools.items };
    },
  });
