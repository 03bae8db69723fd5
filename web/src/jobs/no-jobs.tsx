import { Layers } from "lucide-react";
import { useMay } from "../shell/use-may";
import { ButtonLink } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { EmptyState } from "../ui/states";
import { jobs as say } from "../words/jobs";

const { empty } = say;

const example = () => `curl ${location.origin}/api/v1/jobs \\
  -H "Authorization: Bearer $PLUGBOARD_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"toolId": "tool_…", "arguments": {}}'`;

/** What a job is for, and how to begin one. */
export function NoJobs() {
  const mayCall = useMay("tools.call");
  return (
    <EmptyState
      icon={<Layers className="size-6" />}
      title={empty.title}
      actions={
        mayCall ? (
          <ButtonLink to="/playground" look="primary">
            {empty.playground}
          </ButtonLink>
        ) : null
      }
    >
      {mayCall ? (
        <div className="flex flex-col gap-4">
          <p>{empty.description}</p>
          <CodeBlock code={example()} label={empty.code} className="text-left" />
        </div>
      ) : (
        <p>{empty.noWrite}</p>
      )}
    </EmptyState>
  );
}
