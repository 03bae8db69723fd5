import { Eye, EyeOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button";
import { Field, Input } from "../ui/field";
import { words } from "../words";
import type { HeaderFaults } from "./checks";
import type { HeaderRow } from "./header-rows";

const said = words.connections.headers;

export function HeaderField({
  row,
  faults,
  checked,
  onChange,
  onRemove,
}: {
  row: HeaderRow;
  faults: HeaderFaults;
  checked: boolean;
  onChange: (row: HeaderRow) => void;
  onRemove: () => void;
}) {
  const [left, setLeft] = useState({ name: false, value: false });
  const [revealed, setRevealed] = useState(false);
  const bearer = row.kind === "bearer";
  const shown = (field: "name" | "value") => (checked || left[field] ? faults[field] : undefined);
  const leave = (field: "name" | "value") => () =>
    setLeft((before) => ({ ...before, [field]: before[field] || row[field] !== "" }));
  return (
    <li className="flex min-w-0 flex-wrap items-start gap-2">
      {bearer ? null : (
        <Field label={said.name} error={shown("name")} className="w-full sm:w-44">
          {(control) => (
            <Input
              {...control}
              value={row.name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder={said.namePlaceholder}
              onBlur={leave("name")}
              onChange={({ target }) => onChange({ ...row, name: target.value })}
            />
          )}
        </Field>
      )}
      <Field
        label={bearer ? said.token : said.value}
        error={shown("value") ?? (bearer ? shown("name") : undefined)}
        hint={bearer ? said.tokenHint : undefined}
        className="min-w-0 flex-1 basis-40"
      >
        {(control) => (
          <div className="relative">
            <Input
              {...control}
              type={revealed ? "text" : "password"}
              // Not the reader's own password: no manager offers or keeps it.
              autoComplete="new-password"
              data-1p-ignore
              data-lpignore="true"
              spellCheck={false}
              value={row.value}
              className="pr-11"
              onBlur={leave("value")}
              onChange={({ target }) => onChange({ ...row, value: target.value })}
            />
            <IconButton
              label={revealed ? said.hide : said.reveal}
              aria-pressed={revealed}
              size="small"
              className="absolute top-0.75 right-0.75"
              onClick={() => setRevealed(!revealed)}
            >
              {revealed ? (
                <EyeOff aria-hidden className="size-4" />
              ) : (
                <Eye aria-hidden className="size-4" />
              )}
            </IconButton>
          </div>
        )}
      </Field>
      <IconButton
        label={said.remove(bearer ? said.token : row.name)}
        className="mt-6.5"
        onClick={onRemove}
      >
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}
