import { CircleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { ApiError } from "../client";
import { plainText } from "../ui/plain-text";
import { ErrorDescription } from "../ui/states";
import { formatDuration } from "../ui/time";
import { words } from "../words";

const say = words.signIn.locked;

/** Why a form was refused. Where it was tried too often: how long until the next try. */
export function Failure({ error }: { error: Error }) {
  return (
    <div
      role="alert"
      className="flex min-w-0 items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-soft p-3 text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <Why error={error} />
      </div>
    </div>
  );
}

function Why({ error }: { error: Error }) {
  const seconds = retryAfterOf(error);
  if (seconds !== undefined) return <Locked seconds={seconds} />;
  // What is wrong with what was typed needs no request id; `unauthorized` speaks of the form, not of a session.
  if (error instanceof ApiError && error.status < 500)
    return <p className="wrap-anywhere">{sentenceOf(error.message)}</p>;
  return <ErrorDescription error={error} />;
}

/** A refused field is named with its path in the body, which says nothing to a person. */
const sentenceOf = (message: string): string => {
  const [, field, rest] = /^body\.(\w+): (.+)$/s.exec(message) ?? [];
  return field === undefined ? plainText(message) : plainText(`${field}: ${rest}`);
};

function retryAfterOf(error: Error): number | undefined {
  if (!(error instanceof ApiError) || error.status !== 429) return undefined;
  const seconds = error.details["retryAfterSeconds"];
  return typeof seconds === "number" ? seconds : undefined;
}

function Locked({ seconds }: { seconds: number }) {
  const [end] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(
      () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))),
      1000,
    );
    return () => clearInterval(timer);
  }, [end]);
  return (
    <>
      <p className="font-medium">{say.title}</p>
      {/* Read out once, not every second. */}
      <p aria-live="off" className="tabular-nums">
        {left > 0 ? say.wait(formatDuration(left * 1000).replace(/\.\d+/, "")) : say.over}
      </p>
    </>
  );
}
