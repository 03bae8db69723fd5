import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { words } from "../words";
import { headerFaults } from "./checks";
import { ActionFailure } from "./action-failure";
import { HeaderFields } from "./header-fields";
import { headersOf, newRow, type HeaderRow } from "./header-rows";
import { useConfig } from "./use-config";

const said = words.connections.settings;

/** Stored headers are never read again: they are replaced as a whole, or removed. */
export function HeaderSettings({ connection }: { connection: Connection }) {
  const { headerNames } = connection.config;
  const [rows, setRows] = useState<HeaderRow[]>();
  const [removing, setRemoving] = useState(false);
  const save = useConfig(connection, ({ headers }) =>
    headers === null ? said.headersRemoved : said.headersSaved,
  );
  const stored = headerNames.length > 0;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{said.headers}</h2>
      <Panel className="flex flex-col gap-4 p-5">
        <p className="text-sm">
          {stored ? (
            <>
              {said.headersNow}{" "}
              <code className="wrap-anywhere">
                {headerNames.map((name) => plainLine(name, 100)).join(", ")}
              </code>
            </>
          ) : (
            said.headersNone
          )}
        </p>
        {rows ? (
          <ReplaceForm
            rows={rows}
            stored={stored}
            busy={save.isPending}
            onChange={setRows}
            onCancel={() => {
              setRows(undefined);
              save.reset();
            }}
            onSave={() =>
              save.mutate({ headers: headersOf(rows) }, { onSuccess: () => setRows(undefined) })
            }
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => {
                save.reset();
                setRows([newRow("bearer")]);
              }}
            >
              {stored ? said.replace : said.replaceNone}
            </Button>
            {stored ? (
              <Button look="quiet" onClick={() => setRemoving(true)}>
                {said.remove}
              </Button>
            ) : null}
          </div>
        )}
        {save.error ? <ActionFailure error={save.error} /> : null}
      </Panel>
      {removing ? (
        <ConfirmDialog
          open
          danger
          onClose={() => setRemoving(false)}
          title={said.removeTitle}
          description={said.removeWhy}
          confirm={said.removeConfirm}
          busy={save.isPending}
          onConfirm={() => save.mutate({ headers: null }, { onSettled: () => setRemoving(false) })}
        />
      ) : null}
    </section>
  );
}

function ReplaceForm({
  rows,
  stored,
  busy,
  onChange,
  onCancel,
  onSave,
}: {
  rows: HeaderRow[];
  stored: boolean;
  busy: boolean;
  onChange: (rows: HeaderRow[]) => void;
  onCancel: () => void;
  onSave: () => void;
}) {
  const [checked, setChecked] = useState(false);
  const faults = Object.fromEntries(rows.map((row) => [row.id, headerFaults(row, rows)]));
  const sound = Object.values(faults).every((found) => Object.keys(found).length === 0);
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (sound && rows.length > 0 && !busy) onSave();
      }}
    >
      {stored ? <p className="text-sm text-muted">{said.replaceHint}</p> : null}
      <HeaderFields
        rows={rows}
        faults={faults}
        tooMany={false}
        checked={checked}
        onChange={onChange}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} disabled={rows.length === 0}>
          {busy ? said.trying : said.saveHeaders}
        </Button>
        <Button onClick={onCancel}>{words.common.cancel}</Button>
      </div>
    </form>
  );
}
