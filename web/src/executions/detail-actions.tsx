import { useQuery } from "@tanstack/react-query";
import { ListFilter, RotateCw } from "lucide-react";
import type { ExecutionDetail } from "../../../shared/contracts/executions";
import { ApiError } from "../client";
import { meQuery } from "../shell/queries";
import { toolQuery } from "../tools/queries";
import { ButtonLink } from "../ui/button";
import { words } from "../words";
import { StopOrResume } from "./stop-or-resume";

const text = words.activity.detail;

/** What can be done with a call: run it again, see the others of its tool. */
export function DetailActions({ execution }: { execution: ExecutionDetail }) {
  const { id, toolId, method } = execution;
  if (toolId === null || method !== "tools/call") return null;
  return (
    <div className="flex min-w-0 flex-wrap gap-2">
      <RunAgain execution={execution} toolId={toolId} key={id} />
      <StopOrResume execution={execution} key={`${id} stop`} />
      <ButtonLink
        to="/activity"
        search={{ tool: toolId }}
        size="small"
        icon={<ListFilter aria-hidden className="size-4" />}
      >
        {text.onlyThisTool}
      </ButtonLink>
    </div>
  );
}

function RunAgain({ execution, toolId }: { execution: ExecutionDetail; toolId: string }) {
  const { data: me } = useQuery(meQuery);
  const { error } = useQuery(toolQuery(toolId));
  const isGone = error instanceof ApiError && error.code === "not_found";
  if (!me?.permissions.includes("tools.call")) return null;
  if (isGone || execution.arguments?.truncated)
    return (
      <p className="self-center text-[0.8125rem] text-muted">
        {isGone ? text.goneTool : text.cutArguments}
      </p>
    );
  return (
    <ButtonLink
      to="/playground/$toolId"
      params={{ toolId }}
      search={{ from: execution.id }}
      size="small"
      look="primary"
      icon={<RotateCw aria-hidden className="size-4" />}
    >
      {text.again}
    </ButtonLink>
  );
}
