import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Tool, UpdateTool } from "../../../shared/contracts/tools";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { Input, Select } from "../ui/field";
import { words } from "../words";
import { toolPolicy as say } from "../words/tool-policy";
import { ActionFailure } from "./action-failure";
import { Fact } from "./facts";
import { costOf, secondsOf, type Typed } from "./policy-draft";

function useChange(id: string, onSaved: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: UpdateTool) => answer(api.v1.tools[":id"].$patch({ param: { id }, json })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queryKeys.tools });
      onSaved();
      announce(say.saved);
    },
  });
}

/** Whether a tool may be run twice, whether its answers are kept, and what a call costs. */
export function ToolPolicy({ tool }: { tool: Tool }) {
  const mayChange = useMay("tools.write");
  const seconds = (value: number | null) =>
    value === null ? say.never : `${value} ${say.seconds}`;
  if (!mayChange)
    return (
      <>
        <Fact name={say.runsAgain}>{tool.runsAgain.safe ? say.yes : say.no}</Fact>
        <Fact name={say.cache}>{seconds(tool.cacheSeconds)}</Fact>
        <Fact name={say.stale}>{seconds(tool.staleSeconds)}</Fact>
        <Fact name={say.cost}>
          {tool.cost} {say.units}
        </Fact>
      </>
    );
  return (
    <>
      <Fact name={say.runsAgain}>
        <RunsAgain tool={tool} />
      </Fact>
      <Fact name={say.cache}>
        <NumberSetting
          id={tool.id}
          label={say.cache}
          unit={say.seconds}
          hint={say.cacheHint}
          value={tool.cacheSeconds}
          read={secondsOf}
          change={(cacheSeconds) => ({ cacheSeconds })}
        />
      </Fact>
      <Fact name={say.stale}>
        <NumberSetting
          id={tool.id}
          label={say.stale}
          unit={say.seconds}
          hint={say.staleHint}
          value={tool.staleSeconds}
          read={secondsOf}
          change={(staleSeconds) => ({ staleSeconds })}
        />
      </Fact>
      <Fact name={say.cost}>
        <NumberSetting
          id={tool.id}
          label={say.cost}
          unit={say.units}
          hint={say.costHint}
          value={tool.cost}
          read={costOf}
          change={(cost) => (cost === null ? {} : { cost })}
        />
      </Fact>
    </>
  );
}

function RunsAgain({ tool: { id, runsAgain, annotations } }: { tool: Tool }) {
  const hint = useId();
  const save = useChange(id);
  const byHints = annotations["readOnlyHint"] === true || annotations["idempotentHint"] === true;
  const value = runsAgain.from === "hints" ? "hints" : runsAgain.safe ? "yes" : "no";
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        aria-label={say.runsAgain}
        aria-describedby={hint}
        aria-busy={save.isPending || undefined}
        className="w-auto! self-start"
        value={value}
        onChange={({ target }) => {
          if (save.isPending) return;
          save.mutate({ runsAgain: target.value === "hints" ? null : target.value === "yes" });
        }}
      >
        <option value="hints">{say.byHints(byHints)}</option>
        <option value="yes">{say.yes}</option>
        <option value="no">{say.no}</option>
      </Select>
      <p id={hint} className="text-[0.8125rem] text-muted">
        {say.runsAgainHint}
      </p>
      {save.error ? <ActionFailure error={save.error} /> : null}
    </div>
  );
}

function NumberSetting({
  id,
  label,
  unit,
  hint,
  value,
  read,
  change,
}: {
  id: string;
  label: string;
  unit: string;
  hint: string;
  value: number | null;
  read: (typed: string) => Typed;
  change: (value: number | null) => UpdateTool;
}) {
  const ids = useId();
  const [typed, setTyped] = useState<string>();
  const save = useChange(id, () => setTyped(undefined));
  const shown = typed ?? value?.toString() ?? "";
  const wanted = read(shown);
  const fault = "fault" in wanted ? wanted.fault : undefined;
  const changed = "value" in wanted && wanted.value !== value;
  return (
    <form
      noValidate
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed && !save.isPending) save.mutate(change(wanted.value));
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Input
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
          aria-label={`${label}, ${unit}`}
          aria-describedby={`${ids}-hint ${ids}-fault`}
          aria-invalid={fault ? true : undefined}
          value={shown}
          onChange={({ target }) => {
            setTyped(target.value);
            save.reset();
          }}
          className="w-24!"
        />
        <span className="text-muted">{unit}</span>
        {changed ? (
          <Button type="submit" size="small" className="min-h-9" busy={save.isPending}>
            {words.common.save}
          </Button>
        ) : null}
      </div>
      <p id={`${ids}-hint`} className="text-[0.8125rem] text-muted">
        {hint}
      </p>
      <p id={`${ids}-fault`} className="text-[0.8125rem] text-danger empty:hidden">
        {fault}
      </p>
      {save.error ? <ActionFailure error={save.error} /> : null}
    </form>
  );
}
