import { useQuery } from "@tanstack/react-query";
import { endedExecutionQuery } from "../../executions/queries";
import { Button, ButtonLink } from "../../ui/button";
import { ExecutionStatusBadge } from "../../ui/status";
import { words } from "../../words";

const text = words.playground.run;

/** The line broke while a call ran: looks the call up until it has ended. */
export function BrokenNote({
  executionId,
  repeat,
}: {
  executionId: string | undefined;
  repeat: () => void;
}) {
  if (executionId !== undefined) return <Known executionId={executionId} repeat={repeat} />;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>{text.brokenUnknown}</p>
      <ButtonLink to="/activity" className="self-start">
        {text.activity}
      </ButtonLink>
      <Again repeat={repeat} />
    </div>
  );
}

function Known({ executionId, repeat }: { executionId: string; repeat: () => void }) {
  const { data } = useQuery(endedExecutionQuery(executionId));
  const status = data?.status;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>{text.broken}</p>
      <p role="status" className="flex items-center gap-2">
        {status === undefined || status === "running" ? null : text.brokenEnded}
        {status === undefined ? null : <ExecutionStatusBadge status={status} />}
      </p>
      {status === "succeeded" || status === "failed" ? <Again repeat={repeat} /> : null}
    </div>
  );
}

/** No line to the hub came about. */
export const UnreachableNote = ({ repeat }: { repeat: () => void }) => (
  <div role="alert" className="flex flex-col gap-3 text-sm">
    <p>{text.unreachable}</p>
    <Again repeat={repeat} />
  </div>
);

/** Asks again under the same key, so that nothing runs twice. */
function Again({ repeat }: { repeat: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={repeat}>{text.safely}</Button>
      <span className="text-[0.8125rem] text-muted">{text.safelyHint}</span>
    </div>
  );
}
