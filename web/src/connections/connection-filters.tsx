import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ConnectionStatus } from "../../../shared/contracts/connections";
import { Select } from "../ui/field";
import { SearchInput } from "../ui/search-input";
import { words } from "../words";
import type { ConnectionsSearch } from "./search";

const statuses: readonly ConnectionStatus[] = ["connected", "error", "disabled"];

export function ConnectionFilters() {
  const { q, status } = useSearch({ from: "/shell/connections" });
  const navigate = useNavigate({ from: "/connections" });
  const show = (search: ConnectionsSearch) => void navigate({ search, replace: true });
  return (
    <search className="flex flex-wrap gap-2">
      <SearchInput
        label={words.connections.search}
        value={q ?? ""}
        onChange={(next) =>
          show({ ...(next === "" ? {} : { q: next }), ...(status ? { status } : {}) })
        }
        className="min-w-56 flex-1"
      />
      <Select
        aria-label={words.connections.statusLabel}
        value={status ?? ""}
        onChange={({ target }) => {
          const next = statuses.find((known) => known === target.value);
          show({ ...(q ? { q } : {}), ...(next ? { status: next } : {}) });
        }}
        className="sm:w-40!"
      >
        <option value="">{words.connections.anyStatus}</option>
        {statuses.map((known) => (
          <option key={known} value={known}>
            {words.status.connection[known]}
          </option>
        ))}
      </Select>
    </search>
  );
}
