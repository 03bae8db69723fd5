import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Team, UpdateTeam } from "../../../shared/contracts/members";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { notify } from "../ui/notify";
import { teamQuery } from "./queries";

/** Changes the team; `saved` says what was done. */
export function useUpdateTeam(saved: (team: Team) => string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: UpdateTeam) => answer(api.v1.team.$patch({ json })),
    onSuccess: async (team) => {
      queries.setQueryData(teamQuery.queryKey, team);
      notify({ tone: "success", title: saved(team) });
      await queries.invalidateQueries({ queryKey: queryKeys.me });
    },
  });
}
