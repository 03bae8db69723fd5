import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Connection, UpdateConnection } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { notify } from "../ui/notify";
import { showAnew } from "./cache";

type Config = NonNullable<UpdateConnection["config"]>;

/** Changes where or how a server is asked. The hub tries it first; a failure changes nothing. */
export function useConfig({ id }: Connection, saved: (config: Config) => string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (config: Config) =>
      answer(api.v1.connections[":id"].$patch({ param: { id }, json: { config } })),
    onSuccess: (changed, config) => {
      showAnew(queries, changed);
      void queries.invalidateQueries({ queryKey: queryKeys.connections });
      notify({ tone: "success", title: saved(config) });
    },
  });
}
