import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LimitScope } from "../../../shared/contracts/limits";
import { connectionNamesQuery } from "../connections/queries";
import { memberNamesQuery } from "../members/queries";
import { meQuery } from "../shell/queries";
import { keyNamesQuery } from "../teams/queries";
import { toolsQuery } from "../tools/queries";
import { Field, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { SearchInput } from "../ui/search-input";
import { limits as say } from "../words/limits";

const { form: text } = say;

export const useTeamId = (): string => useQuery(meQuery).data?.team.id ?? "";

type ChoiceProps = {
  scope: LimitScope;
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
};

/** Which person, key, connection or tool a limit is of. The team and its people as a whole need no choice. */
export function SubjectChoice(props: ChoiceProps) {
  switch (props.scope) {
    case "team":
    case "member":
      return null;
    case "person":
      return <PersonChoice {...props} />;
    case "key":
      return <KeyChoice {...props} />;
    case "connection":
      return <ConnectionChoice {...props} />;
    case "tool":
      return <ToolChoice {...props} />;
  }
}

type Named = { id: string; name: string };

const Choice = ({
  value,
  error,
  onChange,
  items,
}: Omit<ChoiceProps, "scope"> & { items: readonly Named[] }) => (
  <Field label={text.subject} required error={error}>
    {(control) => (
      <Select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{text.choose}</option>
        {items.map(({ id, name }) => (
          <option key={id} value={id}>
            {plainLine(name, 80)}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

const PersonChoice = (props: ChoiceProps) => (
  <Choice {...props} items={useQuery(memberNamesQuery()).data?.items ?? []} />
);
const KeyChoice = (props: ChoiceProps) => (
  <Choice {...props} items={useQuery(keyNamesQuery).data?.items ?? []} />
);
const ConnectionChoice = (props: ChoiceProps) => (
  <Choice {...props} items={useQuery(connectionNamesQuery).data?.items ?? []} />
);

function ToolChoice(props: ChoiceProps) {
  const [q, setQ] = useState("");
  const found = useInfiniteQuery(toolsQuery(q === "" ? {} : { q }));
  const tools = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <SearchInput label={text.searchTool} value={q} onChange={setQ} />
      {found.data && tools.length === 0 ? (
        <p className="text-sm text-muted">{text.noTool}</p>
      ) : (
        <Choice
          {...props}
          items={tools.map(({ id, exposedName }) => ({ id, name: exposedName }))}
        />
      )}
    </>
  );
}
