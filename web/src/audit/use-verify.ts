import { useCallback, useEffect, useRef, useState } from "react";
import type { AuditVerdict } from "../../../shared/contracts/audit";
import { answer, api } from "../client";

export type Verification = {
  phase: "idle" | "running" | "whole" | "broken" | "stopped" | "failed";
  checked: number;
  fault: AuditVerdict["fault"];
  error?: unknown;
};

const idle: Verification = { phase: "idle", checked: 0, fault: null };

/** The hub checks so many entries at a time; each answer says where to go on. */
export function useVerify() {
  const [state, setState] = useState(idle);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    let checked = 0;
    let after = 0;
    setState({ ...idle, phase: "running" });
    try {
      for (;;) {
        const verdict = await answer(
          api.v1.audit.verify.$post({ json: { after } }, { init: { signal } }),
        );
        if (signal.aborted) return;
        checked += verdict.checked;
        const { fault } = verdict;
        if (fault) return setState({ phase: "broken", checked, fault });
        // An answer that does not come further would be asked for for ever.
        if (verdict.done || verdict.to <= after)
          return setState({ phase: "whole", checked, fault: null });
        after = verdict.to;
        setState({ phase: "running", checked, fault: null });
      }
    } catch (error) {
      if (!signal.aborted) setState({ phase: "failed", checked, fault: null, error });
    }
  }, []);
  const stop = useCallback(() => {
    running.current?.abort();
    setState((now) => ({ ...now, phase: "stopped" }));
  }, []);
  return { state, start: () => void start(), stop };
}
