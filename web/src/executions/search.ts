import { textsIn, type ListSearch } from "../live-list/filters";

export type ActivitySearch = ListSearch & {
  surface?: "rest" | "mcp" | "job";
  q?: string;
  /** The execution whose details stand beside the list. */
  selected?: string;
};

const texts = ["status", "connection", "tool", "actor", "q", "since", "until", "selected"] as const;

export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  const found = textsIn(search, texts);
  const { surface } = search;
  return surface === "rest" || surface === "mcp" || surface === "job"
    ? { ...found, surface }
    : found;
}
