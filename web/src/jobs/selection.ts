import { useCallback, useMemo, useState } from "react";

export type Selection = {
  /** How many are chosen one by one. */
  size: number;
  /** All that match the filters are chosen, loaded or not. */
  all: boolean;
  ids: readonly string[];
  has: (id: string) => boolean;
  choose: (id: string, chosen: boolean) => void;
  chooseAll: (ids: readonly string[]) => void;
  chooseMatching: () => void;
  clear: () => void;
};

type Chosen = "matching" | ReadonlySet<string>;
const none: ReadonlySet<string> = new Set();

/** Which jobs are chosen. Another list begins with none. */
export function useSelection(listKey: string): Selection {
  const [{ of, chosen }, setState] = useState<{ of: string; chosen: Chosen }>({
    of: listKey,
    chosen: none,
  });
  const now = of === listKey ? chosen : none;
  const set = useCallback((next: Chosen) => setState({ of: listKey, chosen: next }), [listKey]);
  const choose = useCallback(
    (id: string, isChosen: boolean) =>
      setState((before) => {
        const kept = before.of === listKey && before.chosen !== "matching" ? before.chosen : none;
        const next = new Set(kept);
        if (isChosen) next.add(id);
        else next.delete(id);
        return { of: listKey, chosen: next };
      }),
    [listKey],
  );
  return useMemo(
    () => ({
      size: now === "matching" ? 0 : now.size,
      all: now === "matching",
      ids: now === "matching" ? [] : [...now],
      has: (id) => now === "matching" || now.has(id),
      choose,
      chooseAll: (ids) => set(new Set(ids)),
      chooseMatching: () => set("matching"),
      clear: () => set(none),
    }),
    [now, choose, set],
  );
}
