import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../client";
import { notify } from "../ui/notify";
import { words } from "../words";
import { tellOfTeam } from "./team-news";

/** Moves the session to another team; then everything is loaded anew, from Home. */
export function useSwitchTeam() {
  return useMutation({
    mutationFn: (teamId: string) => answer(api.v1.account.team.$post({ json: { teamId } })),
    onSuccess: () => {
      tellOfTeam();
      location.assign("/");
    },
    onError: (error) =>
      notify({ tone: "danger", title: words.team.switcher.failed, description: error.message }),
  });
}
