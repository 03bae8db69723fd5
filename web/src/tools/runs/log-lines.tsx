import { useEffect, useRef } from "react";
import { plainLine } from "../../ui/foreign";
import { plainText } from "../../ui/plain-text";
import { clockTime } from "../../ui/time";
import { words } from "../../words";
import type { LogLine, Run } from "./run-state";

const text = words.playground.run;
const longest = 2000;
const tones: Record<string, string> = {
  warning: "text-warning",
  error: "text-danger",
  critical: "text-danger",
  alert: "text-danger",
  emergency: "text-danger",
};

/** What a server says on the way. It follows the newest line while one looks at the end. */
export function LogLines({ run }: { run: Run }) {
  const end = useRef<HTMLOListElement>(null);
  const { logs, logCount } = run;
  useEffect(() => {
    const list = end.current;
    if (list && list.scrollHeight - list.scrollTop - list.clientHeight < 120)
      list.scrollTop = list.scrollHeight;
  }, [logCount]);
  if (logs.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h2 className="text-sm font-medium">{text.logs}</h2>
      {logCount > logs.length ? (
        <p className="text-[0.8125rem] text-muted">{text.logsDropped(logCount - logs.length)}</p>
      ) : null}
      <ol
        ref={end}
        tabIndex={0}
        aria-label={text.logs}
        className="max-h-64 overflow-auto rounded-lg border border-line bg-raised p-2 font-mono text-[0.8125rem] leading-6"
      >
        {logs.map((line) => (
          <li key={line.number} className="flex min-w-0 gap-2 [content-visibility:auto]">
            <time
              dateTime={new Date(line.at).toISOString()}
              className="shrink-0 text-muted tabular-nums"
            >
              {clockTime(line.at)}
            </time>
            <span className={`shrink-0 ${tones[line.level] ?? "text-muted"}`}>
              {plainLine(line.level, 20)}
            </span>
            <bdi className="min-w-0 whitespace-pre-wrap wrap-anywhere">{said(line)}</bdi>
          </li>
        ))}
      </ol>
    </div>
  );
}

function said({ logger, data }: LogLine): string {
  const written = typeof data === "string" ? data : (JSON.stringify(data) ?? "");
  const line = plainText(written, longest);
  return logger === undefined ? line : `${plainLine(logger, 60)}: ${line}`;
}
