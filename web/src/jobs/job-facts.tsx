import { Link } from "@tanstack/react-router";
import type { Job, JobCallback } from "../../../shared/contracts/jobs";
import { ContextFacts } from "../executions/context-facts";
import { Fact, factLink, Facts, Id, When } from "../executions/fact";
import type { Names } from "../executions/use-names";
import { ForeignName, plainLine } from "../ui/foreign";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";
import { jobs as say } from "../words/jobs";

const text = say.detail;

/** Who asked for what, when, and how it is told of. */
export function JobFacts({ job, names }: { job: Job; names: Names }) {
  const { connectionId, executionId, attempts } = job;
  const { jobId: _own, attempt: _none, ...context } = job.context;
  const isThere = names.connections.some(({ id }) => id === connectionId);
  return (
    <Facts>
      <Fact name={text.tool}>
        <Link to="/playground/$toolId" params={{ toolId: job.toolId }} className={factLink}>
          <ForeignName>{job.name}</ForeignName>
        </Link>
      </Fact>
      <Fact name={text.connection}>
        {isThere ? (
          <Link to="/connections/$id" params={{ id: connectionId }} className={factLink}>
            <bdi className="wrap-anywhere">{names.connection(job)}</bdi>
          </Link>
        ) : (
          <bdi className="wrap-anywhere">{names.connection(job)}</bdi>
        )}
      </Fact>
      <Fact name={text.who}>
        <bdi className="wrap-anywhere">{names.who(job.actor)}</bdi>
      </Fact>
      <Fact name={text.created}>
        <When at={job.createdAt} />
      </Fact>
      <Fact name={text.started}>
        {job.startedAt === null ? text.notYet : <When at={job.startedAt} />}
      </Fact>
      <Fact name={text.finished}>
        {job.finishedAt === null ? text.notYet : <When at={job.finishedAt} />}
      </Fact>
      <Fact name={text.attempts}>
        {attempts}
        {executionId === null ? null : (
          <>
            {" · "}
            <Link to="/activity/$executionId" params={{ executionId }} className={factLink}>
              {text.lastAttempt}
            </Link>
          </>
        )}
      </Fact>
      <Fact name={text.limit}>{formatDuration(job.timeoutMs)}</Fact>
      <Fact name={text.notify}>{job.notify ? text.yes : text.no}</Fact>
      {job.callback ? (
        <Fact name={text.callback}>
          <Callback callback={job.callback} />
        </Fact>
      ) : null}
      <ContextFacts context={context} />
      {job.resultUntil === null ? null : (
        <Fact name={text.resultUntil}>
          <When at={job.resultUntil} />
        </Fact>
      )}
      <Fact name={text.request}>
        <Id id={job.requestId} copy={words.errors.copyRequestId} />
      </Fact>
      <Fact name={text.id}>
        <Id id={job.id} copy={say.actions.copyId} />
      </Fact>
    </Facts>
  );
}

const Callback = ({ callback }: { callback: JobCallback }) => {
  const { url, status, attempts, lastStatus, nextAt } = callback;
  return (
    <>
      <code className="block wrap-anywhere">{plainLine(url, 300)}</code>
      <span className="text-muted">
        {text.callbackStatus[status]}
        {attempts === 0 ? null : ` · ${text.callbackAttempts(attempts)}`}
        {lastStatus === null ? null : ` · ${text.callbackLast(lastStatus)}`}
        {nextAt === null || status !== "pending" ? null : (
          <>
            {" · "}
            {text.callbackNext} <RelativeTime at={nextAt} />
          </>
        )}
      </span>
    </>
  );
};
