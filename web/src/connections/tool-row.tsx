import { ChevronRight } from "lucide-react";
import { useId } from "react";
import type { Tool } from "../../../shared/contracts/tools";
import { Badge } from "../ui/badge";
import { ButtonLink } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { ToolStatusBadge } from "../ui/status";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { hintsOf, type Hint } from "./annotations";
import { partsId } from "./search";
import { ToolDetails } from "./tool-details";

const said = words.connections.tool;
const telling: readonly Hint[] = ["readOnly", "destructive"];

export function ToolRow({
  tool,
  open,
  onToggle,
}: {
  tool: Tool;
  open: boolean;
  onToggle: () => void;
}) {
  const details = useId();
  const mayCall = useMay("tools.call");
  const title = plainLine(tool.title ?? tool.name, 80);
  const [hint] = hintsOf(tool.annotations).filter((known) => telling.includes(known));
  return (
    <li className="min-w-0 [contain-intrinsic-size:auto_4.5rem] [content-visibility:auto]">
      <div className="flex min-w-0 items-center gap-2 pr-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          onClick={onToggle}
          className="flex min-h-16 min-w-0 flex-1 items-center gap-3 px-4 py-3 text-left -outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            className={`size-4.5 shrink-0 text-muted transition-transform ${open ? "rotate-90" : ""}`}
          />
          <span className="flex min-w-0 flex-1 flex-col gap-0.5">
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
              <bdi className="font-medium wrap-anywhere">{title}</bdi>
              {tool.title && tool.title !== tool.name ? (
                <bdi className="font-mono text-xs wrap-anywhere text-muted">
                  {plainLine(tool.name, 60)}
                </bdi>
              ) : null}
              {tool.status === "available" ? null : <ToolStatusBadge status={tool.status} />}
              {hint ? (
                <Badge tone={hint === "destructive" ? "warning" : "neutral"}>
                  {said.hints[hint]}
                </Badge>
              ) : null}
            </span>
            <span className={open ? "hidden" : "truncate text-[0.8125rem] text-muted"}>
              {tool.description ? (
                <bdi>{plainLine(tool.description, 200)}</bdi>
              ) : (
                said.noDescription
              )}
            </span>
          </span>
        </button>
        {tool.status === "quarantined" ? (
          <ButtonLink
            from="/connections/$id"
            to="."
            search={{ tab: "held-back" }}
            hash={partsId}
            size="small"
            className="min-h-9"
          >
            {said.look}
            <span className="sr-only">: {title}</span>
          </ButtonLink>
        ) : mayCall ? (
          <ButtonLink
            to="/playground/$toolId"
            params={{ toolId: tool.id }}
            size="small"
            className="min-h-9"
          >
            {said.try}
            <span className="sr-only">: {title}</span>
          </ButtonLink>
        ) : null}
      </div>
      {open ? (
        <div id={details} className="px-4 pb-5 sm:pl-11.5">
          <ToolDetails tool={tool} />
        </div>
      ) : null}
    </li>
  );
}
