import { Link } from "@tanstack/react-router";
import { ArrowRight, PlugZap, Settings2, SquareTerminal } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";

const said = words.connections.result;
// The whole row is its link.
const nextLink = "font-medium after:absolute after:inset-0 after:rounded-xl";

/** What one does with a connection that works. */
export function ResultNext({
  connection: { id, slug, server, counts },
}: {
  connection: Connection;
}) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm">{said.next}</h3>
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {counts.tools > 0 ? (
          <Next icon={<SquareTerminal aria-hidden className="size-5" />} why={said.tryToolWhy}>
            <Link to="/playground" search={{ connection: slug }} className={nextLink}>
              {said.tryTool}
            </Link>
          </Next>
        ) : null}
        {server ? (
          <Next icon={<PlugZap aria-hidden className="size-5" />} why={said.addClientWhy}>
            <Link to="/clients" className={nextLink}>
              {said.addClient}
            </Link>
          </Next>
        ) : null}
        <Next
          icon={<Settings2 aria-hidden className="size-5" />}
          why={server ? said.openWhy : connectWords.result.openWhy}
        >
          <Link to="/connections/$id" params={{ id }} className={nextLink}>
            {said.open}
          </Link>
        </Next>
      </ul>
    </div>
  );
}

const Next = ({ icon, why, children }: { icon: ReactNode; why: string; children: ReactNode }) => (
  <li className="relative flex items-center gap-3 p-3.5 hover:bg-raised">
    <span className="text-muted">{icon}</span>
    <div className="min-w-0 flex-1">
      {children}
      <p className="text-[0.8125rem] text-muted">{why}</p>
    </div>
    <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
  </li>
);
