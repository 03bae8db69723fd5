import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { AuditEntry } from "../../../shared/contracts/audit";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { ForeignText } from "../ui/foreign-text";
import { JsonTree } from "../ui/json-tree";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { absoluteTime, RelativeTime } from "../ui/time";
import { audit as auditWords } from "../words/audit";
import { actionInWords } from "./action-words";
import { ChangeTable } from "./change-table";
import { changesOf } from "./changes";
import { entryQuery } from "./queries";
import type { AuditSearch } from "./search";
import type { Names } from "./use-names";

const say = auditWords.detail;

/** Everything an entry holds: who, from where, with what, and what it changed. */
export function EntryDialog({
  id,
  known,
  names,
  onClose,
  onFilter,
}: {
  id: string;
  known: AuditEntry | undefined;
  names: Names;
  onClose: () => void;
  onFilter: (search: AuditSearch) => void;
}) {
  const found = useQuery({ ...entryQuery(id), enabled: known === undefined });
  const entry = known ?? found.data ?? undefined;
  return (
    <Dialog
      open
      size="large"
      onClose={onClose}
      title={entry ? actionInWords(entry.action) : say.title}
      actions={
        entry ? (
          <>
            <Button onClick={() => onFilter({ action: entry.action })}>{say.all}</Button>
            <Button onClick={() => onFilter({ subject: entry.subjectId })}>{say.same}</Button>
          </>
        ) : null
      }
    >
      {entry ? <Entry entry={entry} names={names} /> : null}
      {found.error ? <ErrorNote error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data === null ? <p>{say.gone}</p> : null}
      {known === undefined && found.isPending ? <SkeletonRows rows={5} className="h-8" /> : null}
    </Dialog>
  );
}

function Entry({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { actor, address, userAgent, at, action, subjectId, requestId, seq, hash } = entry;
  const changes = changesOf(entry.before, entry.after);
  const hasDetails = Object.keys(entry.details).length > 0;
  return (
    <>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm sm:grid-cols-[8.5rem_minmax(0,1fr)]">
        <Fact name={say.when}>
          {absoluteTime(at)}{" "}
          <span className="text-muted">
            (<RelativeTime at={at} />)
          </span>
        </Fact>
        <Fact name={say.who}>
          <bdi>{names.who(actor)}</bdi>
        </Fact>
        <Fact name={say.with}>
          <bdi>{names.by(actor)}</bdi> <Id id={actor.id} />
        </Fact>
        <Fact name={say.from}>
          {address === null ? say.unknownAddress : <code>{plainLine(address, 60)}</code>}
        </Fact>
        {userAgent === null ? null : (
          <Fact name={say.program}>
            <ForeignText longest={160}>{userAgent}</ForeignText>
          </Fact>
        )}
        <Fact name={say.what}>
          <code>{plainLine(action, 80)}</code>
        </Fact>
        <Fact name={say.subject}>
          <Id id={subjectId} />
        </Fact>
        <Fact name={say.request}>
          <Id id={requestId} />
        </Fact>
        <Fact name={say.place}>{seq}</Fact>
        <Fact name={say.hash}>
          <Id id={hash} />
        </Fact>
      </dl>
      {changes.length > 0 ? (
        <section className="flex flex-col gap-2">
          <h3 className="text-sm">{say.changes}</h3>
          <ChangeTable changes={changes} />
        </section>
      ) : null}
      {hasDetails ? (
        <section className="flex flex-col gap-2">
          <h3 className="text-sm">{say.details}</h3>
          <JsonTree value={entry.details} label={say.details} />
        </section>
      ) : null}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
);

const Id = ({ id }: { id: string }) => (
  <span className="inline-flex max-w-full items-center gap-1 align-middle">
    <code className="min-w-0 wrap-anywhere">{plainLine(id, 100)}</code>
    <CopyButton text={id} label={say.copy(plainLine(id, 24))} className="-my-1.5" />
  </span>
);
