import { Link } from "@tanstack/react-router";
import {
  ArrowRight,
  CircleAlert,
  CircleCheck,
  PlugZap,
  Settings2,
  SquareTerminal,
} from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { ForeignIcon, plainLine } from "../ui/foreign";
import { ForeignText } from "../ui/foreign-text";
import { Panel } from "../ui/page";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { adviceFor } from "./advice";
import { Warnings } from "./warnings";

const said = words.connections.result;

/** What works now, and what to do with it. */
export function AddResult({
  connection,
  onAnother,
}: {
  connection: Connection;
  onAnother: () => void;
}) {
  const { id, slug, server, lastError, counts } = connection;
  const name = plainLine(connection.name, 80);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Panel className="flex flex-col gap-6 p-5">
      <div className="flex items-start gap-3">
        <ForeignIcon icons={server?.icons} name={connection.name} className="size-10" />
        <div className="min-w-0">
          <h2 ref={heading} tabIndex={-1} className="text-lg outline-none wrap-anywhere">
            {server ? said.connected(name) : said.saved(name)}
          </h2>
          {server ? (
            <p className="text-sm wrap-anywhere text-muted">
              <bdi>{plainLine(server.title ?? server.name, 80)}</bdi>{" "}
              <bdi>{plainLine(server.version ?? "", 40)}</bdi>
            </p>
          ) : null}
        </div>
      </div>
      <ul className="flex flex-col gap-2">
        {connection.responseTimeMs === null ? null : (
          <Fact>{said.answered(formatDuration(connection.responseTimeMs))}</Fact>
        )}
        {server ? <Fact>{said.offers(counts)}</Fact> : null}
        {server ? (
          <Fact>{words.connections.eraOf(plainLine(server.protocolVersion, 20), server.era)}</Fact>
        ) : null}
        {connection.config.headerNames.length > 0 ? (
          <Fact>{said.sealed(connection.config.headerNames.length)}</Fact>
        ) : null}
        {lastError ? (
          <li className="flex items-start gap-2.5">
            <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-danger" />
            <div className="flex min-w-0 flex-col gap-1">
              <ForeignText>{lastError.message}</ForeignText>
              <p>{adviceFor(lastError.code)}</p>
              <p className="text-muted">{said.savedWhy}</p>
            </div>
          </li>
        ) : null}
      </ul>
      <Warnings warnings={connection.warnings} />
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
          <Next icon={<Settings2 aria-hidden className="size-5" />} why={said.openWhy}>
            <Link to="/connections/$id" params={{ id }} className={nextLink}>
              {said.open}
            </Link>
          </Next>
        </ul>
      </div>
      <Button className="self-start" onClick={onAnother}>
        {said.another}
      </Button>
    </Panel>
  );
}

// The whole row is its link.
const nextLink = "font-medium after:absolute after:inset-0 after:rounded-xl";

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

const Fact = ({ children }: { children: string }) => (
  <li className="flex items-start gap-2.5">
    <CircleCheck aria-hidden className="mt-0.5 size-4.5 shrink-0 text-success" />
    <span className="min-w-0 wrap-anywhere">{children}</span>
  </li>
);
