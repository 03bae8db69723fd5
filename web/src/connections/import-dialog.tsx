import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import type { ConnectionImport } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { Button, ButtonLink } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { ForeignName, plainLine } from "../ui/foreign";
import { words } from "../words";
import { life } from "../words/connection-life";
import { ActionFailure } from "./action-failure";
import { partsOf, readExport, type Transfer } from "./export-file";

const say = life.transfer;

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<Transfer>();
  const [fault, setFault] = useState<string>();
  const [result, setResult] = useState<ConnectionImport>();
  const latest = useRef(0);
  const form = useId();
  const queries = useQueryClient();
  const bring = useMutation({
    mutationFn: async (transfer: Transfer) => {
      const all: ConnectionImport = { created: [], skipped: [] };
      for (const json of partsOf(transfer)) {
        const part = await answer(api.v1.connections.import.$post({ json }));
        all.created.push(...part.created);
        all.skipped.push(...part.skipped);
        setResult({ ...all });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections }),
  });
  const read = async (chosen: File | undefined) => {
    const turn = ++latest.current;
    bring.reset();
    setResult(undefined);
    setFile(undefined);
    setFault(undefined);
    if (!chosen) return;
    const found = readExport(await chosen.text().catch(() => ""));
    // Another was chosen meanwhile.
    if (turn !== latest.current) return;
    if ("file" in found) setFile(found.file);
    else setFault(say[found.fault]);
  };
  const isDone = result !== undefined && !bring.isPending;
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.title}
      description={isDone ? undefined : say.why}
      actions={
        isDone ? (
          <>
            {result.created.length > 0 ? (
              <ButtonLink to="/connections" search={{ status: "pending" }} onClick={onClose}>
                {say.toList}
              </ButtonLink>
            ) : null}
            <Button look="primary" autoFocus onClick={onClose}>
              {words.common.close}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{words.common.cancel}</Button>
            <Button
              type="submit"
              form={form}
              look="primary"
              disabled={!file}
              busy={bring.isPending}
            >
              {say.confirm}
            </Button>
          </>
        )
      }
    >
      {isDone ? (
        <Result result={result} onLeave={onClose} />
      ) : (
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault();
            if (file && !bring.isPending) bring.mutate(file);
          }}
        >
          <Field
            label={say.file}
            error={fault}
            {...(file ? { hint: say.found(file.connections.length) } : {})}
          >
            {(control) => (
              <input
                {...control}
                type="file"
                accept="application/json,.json"
                className="min-h-9.5 w-full min-w-0 text-sm file:mr-3 file:min-h-9 file:cursor-pointer file:rounded-lg file:border file:border-line file:bg-surface file:px-3 file:font-medium file:text-ink"
                onChange={({ target }) => void read(target.files?.[0])}
              />
            )}
          </Field>
        </form>
      )}
      {bring.error ? (
        <>
          {result ? <p className="text-sm">{say.partly}</p> : null}
          <ActionFailure error={bring.error} />
        </>
      ) : null}
    </Dialog>
  );
}

function Result({
  result: { created, skipped },
  onLeave,
}: {
  result: ConnectionImport;
  onLeave: () => void;
}) {
  return (
    <div role="status" className="flex min-w-0 flex-col gap-4 text-sm">
      {created.length === 0 ? <p>{say.none}</p> : null}
      {created.length > 0 ? (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{say.created(created.length)}</p>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {created.map(({ id, name }) => (
              <li key={id} className="flex min-h-10 items-center justify-between gap-3 px-3 py-1">
                <ForeignName className="min-w-0">{name}</ForeignName>
                <Link
                  to="/connections/new"
                  search={{ reconnect: id }}
                  onClick={onLeave}
                  aria-label={life.stepOf(life.steps["set-up"], plainLine(name, 80))}
                  className="inline-flex min-h-8 shrink-0 items-center font-medium text-accent underline"
                >
                  {life.steps["set-up"]}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {skipped.length > 0 ? (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{say.skipped(skipped.length)}</p>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {skipped.map(({ name, reason }, place) => (
              <li key={place} className="px-3 py-2">
                <ForeignName className="font-medium">{name}</ForeignName>
                <p className="text-muted wrap-anywhere">{plainLine(reason, 400)}</p>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
