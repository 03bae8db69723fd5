import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { announce } from "../shell/announcer";
import { Field, Input } from "../ui/field";
import { words } from "../words";
import { looksSecret } from "./address";
import { paste, withUrl, type Draft, type DraftFaults } from "./draft";
import { HeaderFields } from "./header-fields";
import type { PastedConfig } from "./pasted-config";
import { TransportField } from "./transport-field";

const said = words.connections.addPage;
type Field = "name" | "url";

export function AddFields({
  draft,
  faults,
  checked,
  refused,
  onChange,
}: {
  draft: Draft;
  faults: DraftFaults;
  /** Somebody pressed Connect: everything that is wrong is told. */
  checked: boolean;
  /** What the hub said of a field. */
  refused: { field: Field; message: string } | undefined;
  onChange: (draft: Draft) => void;
}) {
  const [left, setLeft] = useState<Partial<Record<Field, boolean>>>({});
  const [pasted, setPasted] = useState<PastedConfig>();
  const shown = (field: Field) =>
    refused?.field === field ? refused.message : checked || left[field] ? faults[field] : undefined;
  const leave = (field: Field) => () =>
    setLeft((before) => ({ ...before, [field]: draft[field] !== "" || (before[field] ?? false) }));
  const take = (text: string): boolean => {
    const read = paste(draft, text);
    if (!read) return false;
    setPasted(read.pasted);
    announce(pastedWords(read.pasted) ?? "");
    onChange(read.draft);
    return true;
  };
  return (
    <>
      <Field
        label={said.url}
        required
        hint={
          <span className={pasted && pasted.kind !== "server" ? "text-warning" : undefined}>
            {pastedWords(pasted) ?? said.urlHint}
          </span>
        }
        error={shown("url")}
      >
        {(control) => (
          <Input
            {...control}
            name="url"
            inputMode="url"
            autoFocus
            spellCheck={false}
            autoCapitalize="off"
            placeholder={said.urlPlaceholder}
            value={draft.url}
            onBlur={leave("url")}
            onPaste={(event) => {
              if (take(event.clipboardData.getData("text"))) event.preventDefault();
            }}
            onChange={({ target }) => {
              if (take(target.value)) return;
              setPasted(undefined);
              onChange(withUrl(draft, target.value));
            }}
          />
        )}
      </Field>
      {looksSecret(draft.url) ? (
        <p className="-mt-3 flex items-start gap-2 text-[0.8125rem] text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {said.secretUrl}
        </p>
      ) : null}
      <Field label={said.name} required hint={said.nameHint} error={shown("name")}>
        {(control) => (
          <Input
            {...control}
            name="name"
            placeholder={said.namePlaceholder}
            value={draft.name}
            onBlur={leave("name")}
            onChange={({ target: { value } }) =>
              onChange({ ...draft, name: value, named: value !== "" })
            }
          />
        )}
      </Field>
      <HeaderFields
        rows={draft.headers}
        faults={faults.headers}
        tooMany={faults.tooManyHeaders}
        checked={checked}
        onChange={(headers) => onChange({ ...draft, headers })}
      />
      <details className="group">
        <summary className="min-h-7 w-fit text-sm font-medium">{said.moreOptions}</summary>
        <div className="pt-3">
          <TransportField
            value={draft.transport}
            onChange={(transport) => onChange({ ...draft, transport })}
          />
        </div>
      </details>
    </>
  );
}

function pastedWords(pasted: PastedConfig | undefined): string | undefined {
  switch (pasted?.kind) {
    case undefined:
      return undefined;
    case "server":
      return pasted.headers.length > 0 ? said.filledHeaders(pasted.headers.length) : said.filled;
    case "command":
      return said.pastedCommand;
    case "several":
      return said.pastedSeveral(pasted.names.join(", "));
    case "unreadable":
      return said.pastedUnreadable;
  }
}
