import { textsIn, type ListSearch } from "../live-list/filters";

export type JobsSearch = ListSearch;

const texts = ["status", "tool", "connection", "actor", "since", "until"] as const;

export const jobsSearch = (search: Record<string, unknown>): JobsSearch => textsIn(search, texts);
