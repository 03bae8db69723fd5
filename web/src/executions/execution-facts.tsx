import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import { CopyButton } from "../ui/copy-button";
import { ForeignName, plainLine } from "../ui/foreign";
import { absoluteTime, RelativeTime } from "../ui/time";
import { words } from "../words";
import type { Names } from "./use-names";
import { viaOf } from "./who";

const text = words.activity.detail;
const link = "rounded text-accent underline-offset-2 hover:underline";

/** Who called what, when, and by which way. */
export function ExecutionFacts({ execution, names }: { execution: Execution; names: Names }) {
  const { id, method, toolId, name, connectionId, actor, requestId, startedAt, finishedAt } =
    execution;
  const isThere = names.connections.some((connection) => connection.id === connectionId);
  const isGone = names.knowsConnections && !isThere;
  const kind = words.activity.methods[method as keyof typeof words.activity.methods];
  return (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-[0.8125rem]">
      <Fact name={kind ?? plainLine(method, 40)}>
        {toolId === null || isGone ? (
          <ForeignName>{name}</ForeignName>
        ) : (
          <Link to="/playground/$toolId" params={{ toolId }} className={link}>
            <ForeignName>{name}</ForeignName>
          </Link>
        )}
      </Fact>
      <Fact name={text.connection}>
        {isThere ? (
          <Link to="/connections/$id" params={{ id: connectionId }} className={link}>
            <bdi className="wrap-anywhere">{names.connection(execution)}</bdi>
          </Link>
        ) : (
          <span className="wrap-anywhere">
            <bdi>{names.connection(execution)}</bdi>
            {isGone ? <span className="text-muted"> ({text.goneConnection})</span> : null}
          </span>
        )}
      </Fact>
      <Fact name={text.who}>
        <bdi className="wrap-anywhere">{names.who(actor)}</bdi>
      </Fact>
      <Fact name={text.via}>{viaOf(execution)}</Fact>
      <Fact name={text.started}>
        <When at={startedAt} />
      </Fact>
      <Fact name={text.finished}>
        {finishedAt === null ? text.running : <When at={finishedAt} />}
      </Fact>
      <Fact name={text.request}>
        <Id id={requestId} copy={words.errors.copyRequestId} />
      </Fact>
      <Fact name={text.execution}>
        <Id id={id} copy={text.copyExecution} />
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
);

const When = ({ at }: { at: number }) => (
  <>
    {absoluteTime(at)} <span className="text-muted">(</span>
    <RelativeTime at={at} className="text-muted" />
    <span className="text-muted">)</span>
  </>
);

const Id = ({ id, copy }: { id: string; copy: string }) => (
  <span className="flex items-center gap-1">
    <code className="min-w-0 wrap-anywhere">{id}</code>
    <CopyButton text={id} label={copy} className="-my-1" />
  </span>
);
