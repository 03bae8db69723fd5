import { useQuery } from "@tanstack/react-query";
import { isFor, pageGroups } from "./pages";
import { meQuery } from "./queries";

/** The pages there is something on for the reader, in groups. */
export function usePageGroups() {
  const { data: me } = useQuery(meQuery);
  return pageGroups.map((group) => group.filter((page) => isFor(page, me?.permissions ?? [])));
}

export const usePages = () => usePageGroups().flat();
