import { FileText, MessageSquareText, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { JsonTree } from "../ui/json-tree";
import { Panel } from "../ui/page";
import { formatNumber } from "../ui/time";
import { words } from "../words";
import { declared } from "./capabilities";

const said = words.connections.offers;

/** How much the server offers of each kind, and what it can do besides. */
export function OffersTab({ connection: { counts, capabilities } }: { connection: Connection }) {
  const extras = declared(capabilities);
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <ul className="grid gap-3 sm:grid-cols-3">
        <Kind
          icon={<Wrench aria-hidden className="size-5" />}
          title={said.tools}
          hint={said.toolsHint}
          count={counts.tools}
        />
        <Kind
          icon={<FileText aria-hidden className="size-5" />}
          title={said.resources}
          hint={said.resourcesHint}
          count={counts.resources}
        />
        <Kind
          icon={<MessageSquareText aria-hidden className="size-5" />}
          title={said.prompts}
          hint={said.promptsHint}
          count={counts.prompts}
        />
      </ul>
      <p className="text-muted">{said.through}</p>
      <section className="flex min-w-0 flex-col gap-3">
        <h2 className="text-base">{said.capabilities}</h2>
        {Object.keys(capabilities).length === 0 ? (
          <p className="text-muted">{said.nothing}</p>
        ) : (
          <>
            {extras.length > 0 ? (
              <ul className="flex list-disc flex-col gap-1 pl-5">
                {extras.map((key) => (
                  <li key={key}>{said.known[key]}</li>
                ))}
              </ul>
            ) : null}
            <details className="min-w-0">
              <summary className="min-h-7 w-fit text-sm font-medium">{said.raw}</summary>
              <Panel className="mt-2 p-3">
                <JsonTree value={capabilities} label={said.raw} />
              </Panel>
            </details>
          </>
        )}
      </section>
    </div>
  );
}

const Kind = ({
  icon,
  title,
  hint,
  count,
}: {
  icon: ReactNode;
  title: string;
  hint: string;
  count: number;
}) => (
  <li className="flex min-w-0 flex-col gap-1 rounded-xl border border-line bg-surface p-4">
    <span className="flex items-center gap-2 text-sm text-muted">
      {icon}
      {title}
    </span>
    <span className="text-2xl font-semibold">{formatNumber(count)}</span>
    <span className="text-[0.8125rem] text-muted">{hint}</span>
  </li>
);
