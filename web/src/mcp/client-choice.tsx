import { clients as clientWords } from "../words/clients";
import { ClientMark } from "./client-mark";
import { clientIds, type ClientId } from "./search";

const { choose } = clientWords;

export function ClientChoice({
  value,
  onChange,
}: {
  value: ClientId;
  onChange: (client: ClientId) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-3 text-base font-semibold">{choose.title}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">
        {clientIds.map((client) => (
          <label
            key={client}
            className="flex min-h-14 min-w-0 cursor-pointer items-center gap-2.5 rounded-xl border border-line bg-surface p-2.5 shadow-panel hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="client"
              value={client}
              checked={value === client}
              onChange={() => onChange(client)}
              className="sr-only"
            />
            <ClientMark client={client} />
            <span className="min-w-0 leading-tight">
              <span className="block truncate text-sm font-medium">{choose.names[client]}</span>
              <span className="block truncate text-xs text-muted">{choose.details[client]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
