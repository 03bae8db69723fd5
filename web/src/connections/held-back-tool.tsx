import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useMemo } from "react";
import type { Tool } from "../../../shared/contracts/tools";
import { answer, api, ApiError } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ForeignName, plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { Panel } from "../ui/page";
import { words } from "../words";
import { ActionFailure } from "./action-failure";
import { acceptedLines, pendingLines } from "./definition";
import { DiffView } from "./diff-view";
import { diffLines } from "./line-diff";

const said = words.connections.held;

/** One changed tool: the difference, and the button that accepts exactly what is shown. */
export function HeldBackTool({ tool, mayAccept }: { tool: Tool; mayAccept: boolean }) {
  const queries = useQueryClient();
  const title = plainLine(tool.title ?? tool.name, 120);
  const lines = useMemo(() => diffLines(acceptedLines(tool), pendingLines(tool)), [tool]);
  const readAnew = () => queries.invalidateQueries({ queryKey: queryKeys.tools });
  const accept = useMutation({
    mutationFn: (hash: string) =>
      answer(api.v1.tools[":id"].accept.$post({ param: { id: tool.id }, json: { hash } })),
    onSuccess: async () => {
      notify({ tone: "success", title: said.accepted(title) });
      await readAnew();
    },
    onError: (error) =>
      error instanceof ApiError && error.code === "conflict" ? readAnew() : undefined,
  });
  const { pending } = tool;
  if (!pending) return null;
  const count = (kind: "added" | "removed") => lines.filter((line) => line.kind === kind).length;
  return (
    <li>
      <Panel>
        <div className="flex flex-wrap items-center justify-between gap-3 p-4">
          <div className="min-w-0">
            <h2 className="text-base">
              <bdi className="wrap-anywhere">{title}</bdi>{" "}
              {tool.title && tool.title !== tool.name ? (
                <ForeignName className="font-mono text-xs font-normal text-muted">
                  {tool.name}
                </ForeignName>
              ) : null}
            </h2>
            <p className="text-[0.8125rem] text-muted">
              {said.changes(count("added"), count("removed"))}
            </p>
          </div>
          {mayAccept ? (
            <Button
              icon={<Check aria-hidden className="size-4" />}
              busy={accept.isPending}
              onClick={() => accept.mutate(pending.hash)}
            >
              {said.accept}
              <span className="sr-only">: {title}</span>
            </Button>
          ) : null}
        </div>
        <DiffView lines={lines} label={said.diff(title)} />
        <div className="flex flex-col gap-3 p-4">
          {accept.error ? <ActionFailure error={accept.error} /> : null}
          <p className="text-[0.8125rem] text-muted">{said.ignore}</p>
        </div>
      </Panel>
    </li>
  );
}
