import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { ChoiceCards } from "./choice-cards";

const say = connectWords.signIn.choose;

/** The account reaches several sites, tenants or companies: one of them is what the connection is for. */
export function FlowChoices({
  choices,
  onChoose,
}: {
  choices: NonNullable<ConnectFlow["choices"]>;
  onChoose: (value: string) => Promise<void>;
}) {
  const [value, setValue] = useState(choices.options[0]?.value ?? "");
  const choose = useMutation({ mutationFn: onChoose });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!choose.isPending) choose.mutate(value);
      }}
    >
      <p className="text-sm text-muted">{say.hint}</p>
      <div tabIndex={-1} className="-m-1 max-h-96 overflow-y-auto p-1">
        <ChoiceCards
          legend={plainLine(choices.label, 80)}
          value={value}
          onChange={setValue}
          cards={choices.options.map((option) => ({
            value: option.value,
            label: <bdi>{plainLine(option.name, 120)}</bdi>,
            ...(option.name === option.value
              ? {}
              : { hint: <bdi>{plainLine(option.value, 120)}</bdi> }),
          }))}
        />
      </div>
      {choose.error ? <ErrorNote error={choose.error} /> : null}
      <Button type="submit" look="primary" className="self-start" busy={choose.isPending}>
        {say.go}
      </Button>
    </form>
  );
}
