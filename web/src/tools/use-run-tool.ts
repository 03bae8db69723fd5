import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Tool } from "../../../shared/contracts/tools";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { words } from "../words";
import type { Unit } from "./check/check";
import { focusField } from "./form/focus-field";
import { runs } from "./runs/run-store";
import type { Run } from "./runs/run-state";
import type { History } from "./stored/use-history";
import type { Arguments } from "./use-arguments";
import { faultsByField, faultsOfDetails, type Fault, type Faults } from "./values/faults";

const { faults: sentences, form } = words.playground;

/** Checks the arguments, asks where the tool destroys something, and runs it. */
export function useRunTool(tool: Tool, args: Arguments, history: History) {
  const queries = useQueryClient();
  const [state, setState] = useState<"ready" | "checking" | "asking" | "job">("ready");
  const { setFaults } = args;
  const show = useCallback(
    (faults: Faults) => {
      setFaults(faults);
      if (faults.size > 0) announce(sentences.summary(faults.size));
    },
    [setFaults],
  );

  const begin = async (again?: Run) => {
    setState("ready");
    const { args: given, replayOf } = again ?? args;
    history.add(given);
    const idempotencyKey = again?.idempotencyKey ?? crypto.randomUUID();
    const run = await runs.start({ toolId: tool.id, args: given, replayOf, idempotencyKey });
    void queries.invalidateQueries({ queryKey: queryKeys.executions });
    if (run?.outcome?.kind !== "refused") return;
    const { code, details } = run.outcome.error;
    if (code === "invalid_arguments") show(faultsByField(faultsOfDetails(details), form.required));
  };
  const run = async (as: "call" | "job") => {
    if (state !== "ready" || args.textFault) return;
    const [reported] = args.reported;
    if (reported) {
      announce(reported[1]);
      return focusField(reported[0]);
    }
    setState("checking");
    const units = await unitsOf(tool, args);
    setState("ready");
    if (units.length > 0) return show(faultsByField(units.map(faultOf), form.required));
    setFaults(new Map());
    if (as === "job") setState("job");
    else if (isDestructive(tool)) setState("asking");
    else await begin();
  };
  return {
    state,
    run: () => void run("call"),
    runAsJob: () => void run("job"),
    confirm: () => void begin(),
    dismiss: () => setState("ready"),
    /** Asks for the answer of an earlier run whose line broke. */
    repeat: (earlier: Run) => void begin(earlier),
    cancel: () => runs.cancel(tool.id),
  };
}

export const isDestructive = ({ annotations }: Tool): boolean =>
  annotations["destructiveHint"] === true && annotations["readOnlyHint"] !== true;

async function unitsOf(tool: Tool, { args }: Arguments): Promise<Unit[]> {
  try {
    const { checkArguments } = await import("./check/check-arguments");
    return await checkArguments({ schema: tool.inputSchema, args });
  } catch {
    // Without the check the hub's own stands alone.
    return [];
  }
}

/** The fault in our words where the validator's are about its own workings. */
function faultOf({ path, keyword, message }: Unit): Fault {
  const said = Object.hasOwn(sentences.byKeyword, keyword)
    ? sentences.byKeyword[keyword]
    : undefined;
  return { path, message: said ?? message };
}
