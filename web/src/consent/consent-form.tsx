import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ConsentAsked } from "../../../shared/contracts/grants";
import type { ClientScope } from "../../../shared/roles";
import { answer, api, ApiError } from "../client";
import { roleName } from "../members/role-name";
import { Button } from "../ui/button";
import { Checkbox, Field, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { consent as consentWords } from "../words/consent";
import { ClientFacts } from "./client-facts";
import { ConnectionChoice } from "./connection-choice";
import { SignedInAs } from "./signed-in-as";

const say = consentWords;

export function ConsentForm({
  asked,
  person,
  next,
  onLeave,
  onStartAgain,
}: {
  asked: ConsentAsked;
  person: { name: string; email: string | null };
  next: string;
  onLeave: (redirectTo: string) => void;
  onStartAgain: () => void;
}) {
  const [teamId, setTeamId] = useState(asked.currentTeamId ?? asked.teams[0]?.id ?? "");
  const [refused, setRefused] = useState<ReadonlySet<ClientScope>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const team = asked.teams.find(({ id }) => id === teamId);
  const scopes = asked.scopes.filter(({ name }) => team?.scopes.includes(name));
  const granted = scopes.map(({ name }) => name).filter((name) => !refused.has(name));
  const connections = asked.connections.filter((connection) => connection.teamId === teamId);
  const decide = useMutation({
    mutationFn: (decision: "approve" | "deny") =>
      answer(
        api.auth.consent.decision.$post({
          json: {
            handle: asked.handle,
            decision,
            ...(decision === "deny"
              ? {}
              : { teamId, scopes: granted, connections: chosen === null ? null : [...chosen] }),
          },
        }),
      ),
    onSuccess: ({ redirectTo }) => onLeave(redirectTo),
  });
  const busy = decide.isPending || decide.isSuccess;
  const nothingChosen = chosen?.size === 0;
  const isOver = decide.error instanceof ApiError && decide.error.code !== "rate_limited";
  return (
    <>
      <ClientFacts client={asked.client} />
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !nothingChosen) decide.mutate("approve");
        }}
      >
        {asked.teams.length > 1 ? (
          <Field label={say.team} hint={say.teamHint}>
            {(control) => (
              <Select
                {...control}
                value={teamId}
                onChange={({ target }) => {
                  setTeamId(target.value);
                  setChosen(null);
                }}
              >
                {asked.teams.map(({ id, name, role }) => (
                  <option key={id} value={id}>
                    {say.roleIn(plainLine(name, 60), roleName(role, role))}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <p className="text-sm">
            <span className="font-medium">{say.team}:</span>{" "}
            <bdi>{plainLine(team?.name ?? "", 80)}</bdi>
          </p>
        )}
        <fieldset className="flex flex-col gap-2.5">
          <legend className="mb-2 text-sm font-medium">{say.scopes}</legend>
          {scopes.map(({ name, needed }) => (
            <Checkbox
              key={name}
              label={
                <>
                  {say.scopeOf[name]?.name ?? name}
                  {needed ? <span className="text-muted"> ({say.needed})</span> : null}
                </>
              }
              hint={say.scopeOf[name]?.means}
              checked={!refused.has(name)}
              disabled={needed}
              onChange={() => {
                const next = new Set(refused);
                if (!next.delete(name)) next.add(name);
                setRefused(next);
              }}
            />
          ))}
        </fieldset>
        <ConnectionChoice connections={connections} value={chosen} onChange={setChosen} />
        <p className="text-[0.8125rem] text-muted">{say.limits}</p>
        {decide.error ? (
          <ErrorNote error={decide.error} {...(isOver ? { retry: onStartAgain } : {})} />
        ) : null}
        <div className="grid grid-cols-2 gap-2">
          <Button
            busy={busy && decide.variables === "deny"}
            disabled={busy && decide.variables === "approve"}
            onClick={() => decide.mutate("deny")}
          >
            {say.deny}
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={busy && decide.variables === "approve"}
            disabled={nothingChosen || (busy && decide.variables === "deny")}
          >
            {say.allow}
          </Button>
        </div>
      </form>
      <SignedInAs person={person} next={next} />
    </>
  );
}
