import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { looksSecret } from "../connections/address";
import { paste, withUrl } from "../connections/draft";
import type { PastedConfig } from "../connections/pasted-config";
import { announce } from "../shell/announcer";
import { Field, Input } from "../ui/field";
import { words } from "../words";
import type { McpDraft, McpFaults } from "./mcp-draft";
import type { Refused } from "./refusals";

const said = words.connections.addPage;

/** Where the server is and what it is called; a pasted configuration fills in both. */
export function McpAddress({
  draft,
  faults,
  checked,
  refused,
  onChange,
}: {
  draft: McpDraft;
  faults: McpFaults;
  checked: boolean;
  refused: Refused | undefined;
  onChange: (draft: McpDraft) => void;
}) {
  const [left, setLeft] = useState({ name: false, url: false });
  const [pasted, setPasted] = useState<PastedConfig>();
  const shown = (field: "name" | "url") => {
    if (refused?.group === field)
      return field === "name" ? refused.message : words.connections.faults.urlRefused;
    return checked || left[field] ? faults[field] : undefined;
  };
  const leave = (field: "name" | "url") => () =>
    setLeft((before) => ({ ...before, [field]: draft[field] !== "" || before[field] }));
  const take = (text: string): boolean => {
    const read = paste(draft, text);
    if (!read) return false;
    setPasted(read.pasted);
    announce(pastedWords(read.pasted) ?? "");
    const headers = read.draft.headers.length > 0;
    onChange({ ...draft, ...read.draft, ...(headers ? { way: "headers" } : {}) });
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
              onChange({ ...draft, ...withUrl(draft, target.value) });
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
