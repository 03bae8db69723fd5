import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import { queryKeys } from "../query-keys";

/** Marks these as read, or all. */
export function useRead(onRead: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | undefined) =>
      call("POST", "v1/notices/read", { json: ids === undefined ? {} : { ids } }),
    onSuccess: onRead,
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.notices }),
  });
}
