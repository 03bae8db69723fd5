import { Field, Select } from "../ui/field";
import { words } from "../words";
import type { Transport } from "./draft";

const said = words.connections.transport;
const transports: readonly Transport[] = ["auto", "http", "sse"];

export const TransportField = ({
  value,
  onChange,
}: {
  value: Transport;
  onChange: (value: Transport) => void;
}) => (
  <Field label={said.label} hint={said.hint}>
    {(control) => (
      <Select
        {...control}
        value={value}
        onChange={({ target }) =>
          onChange(transports.find((known) => known === target.value) ?? "auto")
        }
      >
        {transports.map((known) => (
          <option key={known} value={known}>
            {said[known]}
          </option>
        ))}
      </Select>
    )}
  </Field>
);
