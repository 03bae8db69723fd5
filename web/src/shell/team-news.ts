import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queryKeys } from "../query-keys";
import { meQuery } from "./queries";

const channelName = "plugboard.team";

/** Tells the other tabs of this browser that the session works in another team now. */
export function tellOfTeam(): void {
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  channel.postMessage("changed");
  channel.close();
}

/** What a page shows of one thing of a team is nothing in another: there the list it stands in comes up. */
export const pathInAnyTeam = (path: string): string => {
  const [, first = "", second = ""] = path.split("/");
  return first === "team" && second !== "" ? `/team/${second}` : `/${first}`;
};

/**
 * Loads the page anew where the session works in another team than the page was drawn for, whichever tab changed it:
 * nothing of the one team is shown, kept or sent in the other.
 */
export function useOneTeam(): void {
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const drawnFor = useRef(me?.team.id);
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener("message", () => {
      void queries.invalidateQueries({ queryKey: queryKeys.me });
    });
    return () => channel.close();
  }, [queries]);
  useEffect(() => {
    if (me === undefined) return;
    drawnFor.current ??= me.team.id;
    if (drawnFor.current !== me.team.id) location.assign(pathInAnyTeam(location.pathname));
  }, [me]);
}
