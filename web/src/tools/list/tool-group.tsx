import { Link } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import { classNames } from "../../ui/class-names";
import { ForeignIcon, ForeignName, plainLine } from "../../ui/foreign";
import { ToolStatusBadge } from "../../ui/status";
import type { PlaygroundSearch } from "../search";
import type { ConnectionTools } from "./by-connection";

export function ToolGroup({
  group,
  search,
  toolId,
}: {
  group: ConnectionTools;
  search: PlaygroundSearch;
  toolId: string | undefined;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="px-2 pb-1 text-[0.8125rem] font-medium text-muted">
        <ForeignName>{group.connectionSlug}</ForeignName>
      </h2>
      <ul className="flex flex-col">
        {group.tools.map((tool) => (
          <li
            key={tool.id}
            className="[contain-intrinsic-size:auto_3.25rem] [content-visibility:auto]"
          >
            <ToolLink tool={tool} search={search} isChosen={tool.id === toolId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToolLink({
  tool,
  search,
  isChosen,
}: {
  tool: Tool;
  search: PlaygroundSearch;
  isChosen: boolean;
}) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isChosen) link.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const title = tool.title === null ? undefined : plainLine(tool.title, 120);
  const hasTitle = title !== undefined && title !== "" && title !== tool.name;
  return (
    <Link
      to="/playground/$toolId"
      params={{ toolId: tool.id }}
      search={search}
      ref={link}
      data-tool
      aria-current={isChosen ? "page" : undefined}
      className={classNames(
        "flex min-h-11 min-w-0 items-center gap-2.5 rounded-lg px-2 py-1.5 -outline-offset-2",
        isChosen ? "bg-raised" : "hover:bg-raised",
      )}
    >
      <ForeignIcon icons={tool.icons} name={title ?? tool.name} className="size-7" />
      <span className="min-w-0 flex-1">
        <ForeignName className="block truncate text-sm font-medium">
          {hasTitle ? title : tool.name}
        </ForeignName>
        {hasTitle ? (
          <code className="block truncate text-xs text-muted">
            <ForeignName>{tool.name}</ForeignName>
          </code>
        ) : null}
      </span>
      {tool.status === "available" ? null : <ToolStatusBadge status={tool.status} />}
    </Link>
  );
}
