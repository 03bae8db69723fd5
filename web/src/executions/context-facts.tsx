import { Link } from "@tanstack/react-router";
import type { ExecutionContext } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { activityMore as say } from "../words/activity-more";
import { Fact, factLink } from "./fact";

const text = say.context;

/** In the course of what a call ran, where it was not called by itself. */
export function ContextFacts({ context }: { context: ExecutionContext }) {
  const { jobId, attempt, replayOf, resumes, client } = context;
  const ids = (["batchId", "chatId", "workflowRunId", "scheduleId", "traceId"] as const).flatMap(
    (name) => (context[name] === undefined ? [] : [[name, context[name]] as const]),
  );
  return (
    <>
      {jobId === undefined ? null : (
        <Fact name={text.job}>
          <Link to="/jobs/$id" params={{ id: jobId }} className={factLink}>
            {attempt === undefined ? text.seeJob : text.attempt(attempt)}
          </Link>
        </Fact>
      )}
      {replayOf === undefined ? null : (
        <Fact name={text.replayOf}>
          <Call id={replayOf} />
        </Fact>
      )}
      {resumes === undefined ? null : (
        <Fact name={text.resumes}>
          <Call id={resumes} />
        </Fact>
      )}
      {client === undefined ? null : (
        <Fact name={text.client}>
          <bdi className="wrap-anywhere">{plainLine(client, 80)}</bdi>
        </Fact>
      )}
      {ids.map(([name, id]) => (
        <Fact key={name} name={text[name]}>
          <code className="wrap-anywhere">{plainLine(id, 80)}</code>
        </Fact>
      ))}
    </>
  );
}

const Call = ({ id }: { id: string }) => (
  <Link to="/activity/$executionId" params={{ executionId: id }} className={factLink}>
    {text.earlier}
  </Link>
);
