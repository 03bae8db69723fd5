import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiKey } from "../../../shared/contracts/teams";
import { api, done } from "../client";
import { queryKeys } from "../query-keys";
import { keysQuery } from "../teams/queries";
import { notify } from "../ui/notify";
import { clients as clientWords } from "../words/clients";

const { keys: say } = clientWords;

/** The key leaves the list at once, and comes back where the hub says no. */
export function useRevokeKey(onRevoked: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiKey) => done(api.v1["api-keys"][":id"].$delete({ param: { id } })),
    onMutate: async ({ id }) => {
      await queries.cancelQueries({ queryKey: keysQuery.queryKey });
      const before = queries.getQueryData(keysQuery.queryKey);
      queries.setQueryData(keysQuery.queryKey, (list) =>
        list === undefined
          ? list
          : {
              ...list,
              pages: list.pages.map((page) => ({
                ...page,
                items: page.items.filter((key) => key.id !== id),
              })),
            },
      );
      return { before };
    },
    onError: (error, { name }, context) => {
      queries.setQueryData(keysQuery.queryKey, context?.before);
      notify({ tone: "danger", title: say.failed(name), description: error.message });
    },
    onSuccess: (_, { id, name }) => {
      onRevoked(id);
      notify({ tone: "success", title: say.revoked(name) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.apiKeys }),
  });
}
