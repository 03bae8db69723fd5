import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import { hintsOf, type Hint } from "../../connections/annotations";
import { Badge, type Tone } from "../../ui/badge";
import { ForeignIcon, ForeignName, plainLine } from "../../ui/foreign";
import { ForeignText } from "../../ui/foreign-text";
import { ToolStatusBadge } from "../../ui/status";
import { words } from "../../words";

const text = words.playground.tool;
const tones: Record<Hint, Tone> = {
  readOnly: "success",
  destructive: "danger",
  additive: "accent",
  idempotent: "neutral",
  openWorld: "neutral",
  closedWorld: "neutral",
};

/** What a tool is, in its server's words. */
export function ToolHeader({ tool, title }: { tool: Tool; title: string }) {
  const hints = hintsOf(tool.annotations);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever chose the tool in the list goes on at the tool, not with the rest of the list.
    if (document.activeElement?.matches("[data-tool]"))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="flex min-w-0 flex-col gap-3">
      <div className="flex min-w-0 items-start gap-3">
        <ForeignIcon icons={tool.icons} name={title} className="size-10" />
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="text-xl outline-none wrap-anywhere">
            <bdi>{title}</bdi>
          </h1>
          <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm text-muted">
            {plainLine(tool.name) === title ? null : (
              <code className="wrap-anywhere">
                <ForeignName>{tool.name}</ForeignName>
              </code>
            )}
            <Link
              to="/connections/$id"
              params={{ id: tool.connectionId }}
              className="inline-flex min-h-7 items-center underline hover:text-ink"
            >
              <ForeignName>{tool.connectionSlug}</ForeignName>
            </Link>
          </p>
        </div>
      </div>
      {hints.length > 0 || tool.status !== "available" ? (
        <p className="flex flex-wrap gap-1.5" title={text.hints}>
          {tool.status === "available" ? null : <ToolStatusBadge status={tool.status} />}
          {hints.map((hint) => (
            <Badge key={hint} tone={tones[hint]}>
              {words.connections.tool.hints[hint]}
            </Badge>
          ))}
        </p>
      ) : null}
      <p className="max-w-prose text-sm">
        {tool.description === null || tool.description === "" ? (
          <span className="text-muted">{text.noDescription}</span>
        ) : (
          <ForeignText longest={500}>{tool.description}</ForeignText>
        )}
      </p>
    </header>
  );
}
