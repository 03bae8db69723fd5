import { useEffect, useRef } from "react";
import { shareDone } from "../../executions/progress";
import { announce } from "../../shell/announcer";
import { plainLine } from "../../ui/foreign";
import { formatDuration } from "../../ui/time";
import { words } from "../../words";
import type { Run } from "./run-state";
import { endingOf } from "./run-status";

const text = words.playground.run;
const everyMs = 5000;

/** Says to screen readers how a run goes: its progress now and then, its end at once. */
export function useRunAnnouncements(run: Run): void {
  const { startedAt, endedAt, progress } = run;
  const saidAt = useRef(startedAt);
  const seen = useRef(endedAt);
  useEffect(() => {
    saidAt.current = startedAt;
    if (seen.current === undefined) announce(text.running);
  }, [startedAt]);
  useEffect(() => {
    const share = progress && shareDone(progress);
    if (share === undefined || Date.now() - saidAt.current < everyMs) return;
    saidAt.current = Date.now();
    announce(text.progressSaid(Math.floor(share * 100), plainLine(progress?.message ?? "", 100)));
  }, [progress]);
  useEffect(() => {
    const isNew = seen.current !== endedAt;
    seen.current = endedAt;
    const ending = endingOf(run);
    if (isNew && endedAt !== undefined && ending !== undefined)
      announce(text.said(text.status[ending], formatDuration(endedAt - startedAt)));
    // Only where it ends.
  }, [endedAt, startedAt]);
}
