import { lazy, Suspense } from "react";
import type { Tool } from "../../../shared/contracts/tools";
import { Badge } from "../ui/badge";
import { CopyButton } from "../ui/copy-button";
import { ForeignText } from "../ui/foreign-text";
import { JsonTree } from "../ui/json-tree";
import { words } from "../words";
import { hintsOf } from "./annotations";
import { Fact } from "./facts";
import { TimeLimit } from "./time-limit";

const ToolPolicy = lazy(() =>
  import("./tool-policy").then((code) => ({ default: code.ToolPolicy })),
);
const said = words.connections.tool;

export function ToolDetails({ tool }: { tool: Tool }) {
  const hints = hintsOf(tool.annotations);
  return (
    <div className="flex min-w-0 flex-col gap-4 text-sm">
      {tool.description ? (
        <div className="flex max-w-prose flex-col">
          <ForeignText longest={1000}>{tool.description}</ForeignText>
        </div>
      ) : null}
      {tool.status === "quarantined" ? <p className="text-warning">{said.heldBack}</p> : null}
      <dl className="flex flex-col gap-2.5">
        <Fact name={said.exposed}>
          <span className="inline-flex max-w-full items-center gap-1">
            <code className="min-w-0 wrap-anywhere">{tool.exposedName}</code>
            <CopyButton
              text={tool.exposedName}
              label={words.common.copyWhat(said.exposed)}
              className="-my-1"
            />
          </span>
        </Fact>
        {hints.length > 0 ? (
          <Fact name={said.saysOfItself}>
            <span className="flex flex-wrap gap-1.5">
              {hints.map((hint) => (
                <Badge key={hint} tone={hint === "destructive" ? "warning" : "neutral"}>
                  {said.hints[hint]}
                </Badge>
              ))}
            </span>
          </Fact>
        ) : null}
        <Fact name={said.timeLimit}>
          <TimeLimit tool={tool} />
        </Fact>
        <Suspense>
          <ToolPolicy tool={tool} />
        </Suspense>
      </dl>
      <Schema title={said.input} schema={tool.inputSchema} />
      {tool.outputSchema ? <Schema title={said.output} schema={tool.outputSchema} /> : null}
    </div>
  );
}

const Schema = ({ title, schema }: { title: string; schema: Record<string, unknown> }) => (
  <details className="min-w-0">
    <summary className="min-h-7 w-fit font-medium">{title}</summary>
    <div className="mt-2 rounded-lg border border-line bg-canvas p-3">
      <JsonTree value={schema} label={title} />
    </div>
  </details>
);
