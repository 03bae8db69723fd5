import { useQuery } from "@tanstack/react-query";
import { keyVariable } from "../mcp/configs";
import { sampleCallQuery } from "../mcp/queries";
import { asCurl } from "../tools/copy-as";
import { ButtonAnchor, ButtonLink } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";

const { automate: say } = words.home;

/** How a program calls a tool, shown with one of the team's own. */
export function Automate({ isDone }: { isDone: boolean }) {
  const sample = useQuery(sampleCallQuery());
  if (sample.isError) return <ErrorNote error={sample.error} retry={() => void sample.refetch()} />;
  if (sample.isPending) return <Skeleton className="h-40 w-full" />;
  if (sample.data === null) return <p className="text-sm text-muted">{say.noTools}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="text-sm">{say.run(keyVariable)}</p>
      <CodeBlock code={asCurl({ origin: location.origin, ...sample.data })} label={say.label} />
      {isDone ? null : <p className="text-[0.8125rem] text-muted">{say.note}</p>}
      <div className="flex flex-wrap gap-2">
        <ButtonLink to="/clients" search={{ client: "rest" }} size="small">
          {say.create}
        </ButtonLink>
        <ButtonAnchor href="/api/docs" look="quiet" size="small">
          {say.reference}
        </ButtonAnchor>
      </div>
    </div>
  );
}
