import { useQueryClient } from "@tanstack/react-query";
import { LoaderCircle, ShieldAlert, ShieldCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { audit as auditWords } from "../words/audit";
import { useVerify } from "./use-verify";

const say = auditWords.verify;

/** Has the whole chain checked, piece by piece, and names the first entry that is not as it was written. */
export function VerifyDialog({
  onClose,
  onShow,
}: {
  onClose: () => void;
  onShow: (id: string) => void;
}) {
  const { state, start, stop } = useVerify();
  const queries = useQueryClient();
  const told = useRef("");
  const { phase, checked, fault } = state;
  useEffect(() => {
    if (phase === told.current) return;
    told.current = phase;
    if (phase === "whole") announce(say.ok(checked));
    if (phase === "broken" && fault) announce(say.broken(fault.seq));
  }, [phase, checked, fault, queries]);
  const running = phase === "running";
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.title}
      description={say.why}
      actions={
        <>
          {running ? <Button onClick={stop}>{say.stop}</Button> : null}
          <Button look="primary" busy={running} onClick={start}>
            {phase === "idle" || running ? say.start : say.again}
          </Button>
        </>
      }
    >
      {running ? (
        <p className="flex items-center gap-2.5 text-sm tabular-nums">
          <LoaderCircle aria-hidden className="size-4.5 animate-spin text-accent" />
          {say.progress(checked)}
        </p>
      ) : null}
      {phase === "stopped" ? <p className="text-sm text-muted">{say.stopped(checked)}</p> : null}
      {phase === "whole" ? (
        <p className="flex items-start gap-2.5 rounded-xl bg-success-soft p-4 text-success">
          <ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
          {checked === 0 ? say.none : say.ok(checked)}
        </p>
      ) : null}
      {phase === "broken" && fault ? (
        <div className="flex items-start gap-2.5 rounded-xl border border-danger/40 bg-danger-soft p-4">
          <ShieldAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
          <div className="flex min-w-0 flex-col items-start gap-1.5">
            <p className="font-semibold text-danger">{say.broken(fault.seq)}</p>
            <p className="wrap-anywhere">{plainLine(fault.reason, 400)}</p>
            <p className="text-sm">{say.brokenHint}</p>
            {fault.id === null ? null : (
              <Button size="small" onClick={() => onShow(fault.id ?? "")}>
                {say.show}
              </Button>
            )}
          </div>
        </div>
      ) : null}
      {phase === "failed" ? <ErrorNote error={state.error} retry={start} /> : null}
    </Dialog>
  );
}
