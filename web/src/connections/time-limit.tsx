import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Tool } from "../../../shared/contracts/tools";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Input } from "../ui/field";
import { words } from "../words";
import { useMay } from "../shell/use-may";
import { ActionFailure } from "./action-failure";
import { timeLimitOf } from "./checks";

const said = words.connections.tool;
const defaultMs = 30_000;
const inSeconds = (ms: number): string => String(ms / 1000);

export function TimeLimit({ tool: { id, timeoutMs } }: { tool: Tool }) {
  const mayChange = useMay("tools.write");
  const [typed, setTyped] = useState<string>();
  const ids = useId();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (ms: number | null) =>
      answer(api.v1.tools[":id"].$patch({ param: { id }, json: { timeoutMs: ms } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queryKeys.tools });
      setTyped(undefined);
      announce(said.timeLimitSaved);
    },
  });
  if (!mayChange)
    return (
      <>
        {inSeconds(timeoutMs)} {said.seconds}
      </>
    );
  const limit = timeLimitOf(typed ?? inSeconds(timeoutMs));
  const fault = "fault" in limit ? limit.fault : undefined;
  const changed = "ms" in limit && limit.ms !== timeoutMs;
  return (
    <form
      noValidate
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed && !save.isPending) save.mutate(limit.ms);
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Input
          inputMode="decimal"
          aria-label={`${said.timeLimit}, ${said.seconds}`}
          aria-describedby={`${ids}-hint ${ids}-fault`}
          aria-invalid={fault ? true : undefined}
          value={typed ?? inSeconds(timeoutMs)}
          onChange={({ target }) => setTyped(target.value)}
          className="w-24!"
        />
        <span className="text-muted">{said.seconds}</span>
        {changed ? (
          <Button type="submit" size="small" className="min-h-9" busy={save.isPending}>
            {words.common.save}
          </Button>
        ) : null}
        {!changed && timeoutMs !== defaultMs ? (
          <Button
            size="small"
            look="quiet"
            className="min-h-9"
            busy={save.isPending}
            onClick={() => save.mutate(null)}
          >
            {said.useDefault}
          </Button>
        ) : null}
      </div>
      <p id={`${ids}-hint`} className="text-[0.8125rem] text-muted">
        {said.timeLimitHint}
      </p>
      <p id={`${ids}-fault`} className="text-[0.8125rem] text-danger empty:hidden">
        {fault}
      </p>
      {save.error ? <ActionFailure error={save.error} /> : null}
    </form>
  );
}
