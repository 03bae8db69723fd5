import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { isObject, type JsonObject } from "../../../shared/json";
import { executionQuery } from "../executions/queries";
import { notify } from "../ui/notify";
import { words } from "../words";
import { playgroundSearch, type PlaygroundSearch } from "./search";

type PastCall = {
  toolId: string;
  search: PlaygroundSearch;
  /** `replayOf`: the execution that is to be run once more, where it was one of this tool. */
  begin: (args: JsonObject, replayOf: string | undefined) => void;
};

/** Begins with the arguments of the execution that `search.from` names; the address forgets it once it is done. */
export function usePastCall({ toolId, search, begin }: PastCall): void {
  const { from } = search;
  const navigate = useNavigate();
  const { data, error } = useQuery({ ...executionQuery(from ?? ""), enabled: from !== undefined });
  useEffect(() => {
    if (from === undefined || (data?.id !== from && !error)) return;
    const recorded = data?.arguments;
    const replayOf = data?.toolId === toolId && data.method === "tools/call" ? from : undefined;
    if (recorded === null) begin({}, replayOf);
    else if (recorded && !recorded.truncated && isObject(recorded.json))
      begin(recorded.json, replayOf);
    else notify({ tone: "danger", title: words.playground.saved.notTaken });
    const { from: _done, ...rest } = search;
    void navigate({ to: ".", search: playgroundSearch(rest), replace: true });
  }, [toolId, from, data, error, search, begin, navigate]);
}
