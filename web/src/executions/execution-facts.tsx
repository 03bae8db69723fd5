import { Link } from "@tanstack/react-router";
import type { Execution } from "../../../shared/contracts/executions";
import { ForeignName, plainLine } from "../ui/foreign";
import { words } from "../words";
import { ContextFacts } from "./context-facts";
import { Fact, factLink as link, Facts, Id, When } from "./fact";
import type { Names } from "./use-names";
import { viaOf } from "./who";

const text = words.activity.detail;

/** Who called what, when, and by which way. */
export function ExecutionFacts({ execution, names }: { execution: Execution; names: Names }) {
  const { id, method, toolId, name, connectionId, actor, requestId, startedAt, finishedAt } =
    execution;
  const isThere = names.connections.some((connection) => connection.id === connectionId);
  const isGone = names.knowsConnections && !isThere;
  const kind = words.activity.methods[method as keyof typeof words.activity.methods];
  return (
    <Facts>
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
      <ContextFacts context={execution.context} />
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
    </Facts>
  );
}
