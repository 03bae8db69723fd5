import { useQuery } from "@tanstack/react-query";
import { connectionNamesQuery } from "../../connections/queries";
import { Select } from "../../ui/field";
import { plainLine } from "../../ui/foreign";
import { words } from "../../words";

const { list } = words.playground;

/** Only the tools of one connection; there is nothing to choose where there is one. */
export function ConnectionFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (connection: string) => void;
}) {
  const { data } = useQuery(connectionNamesQuery);
  const connections = data?.items ?? [];
  if (connections.length < 2 && value === undefined) return null;
  const known = connections.find(({ id, slug }) => id === value || slug === value);
  return (
    <Select
      aria-label={list.connection}
      value={known?.slug ?? value ?? ""}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{list.allConnections}</option>
      {known === undefined && value !== undefined ? (
        <option value={value}>{plainLine(value, 80)}</option>
      ) : null}
      {connections.map(({ id, slug, name }) => (
        <option key={id} value={slug}>
          {plainLine(name, 80)}
        </option>
      ))}
    </Select>
  );
}
