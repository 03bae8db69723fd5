import { useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "../ui/field";
import { SearchInput } from "../ui/search-input";
import { words } from "../words";
import { life } from "../words/connection-life";
import { owners, statuses, type ConnectionsSearch } from "./search";

export function ConnectionFilters() {
  const { q, status, owner } = useSearch({ from: "/shell/connections" });
  const navigate = useNavigate({ from: "/connections" });
  const show = (changed: {
    [Name in keyof ConnectionsSearch]: ConnectionsSearch[Name] | undefined;
  }) =>
    void navigate({
      search: Object.fromEntries(
        Object.entries({ q, status, owner, ...changed }).filter(([, value]) => value !== undefined),
      ),
      replace: true,
    });
  return (
    <search className="flex flex-wrap gap-2">
      <SearchInput
        label={words.connections.search}
        value={q ?? ""}
        onChange={(next) => show({ q: next === "" ? undefined : next })}
        className="min-w-56 flex-1 basis-full sm:basis-56"
      />
      <Select
        aria-label={words.connections.statusLabel}
        value={status ?? ""}
        onChange={({ target }) =>
          show({ status: statuses.find((known) => known === target.value) })
        }
        className="flex-1 sm:w-40! sm:flex-none"
      >
        <option value="">{words.connections.anyStatus}</option>
        {statuses.map((known) => (
          <option key={known} value={known}>
            {words.status.connection[known]}
          </option>
        ))}
      </Select>
      <Select
        aria-label={life.owner.label}
        value={owner ?? ""}
        onChange={({ target }) => show({ owner: owners.find((known) => known === target.value) })}
        className="flex-1 sm:w-40! sm:flex-none"
      >
        <option value="">{life.owner.any}</option>
        {owners.map((known) => (
          <option key={known} value={known}>
            {life.owner[known]}
          </option>
        ))}
      </Select>
    </search>
  );
}
