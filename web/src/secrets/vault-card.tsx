import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { VaultCheck, VaultState } from "../../../shared/contracts/secrets";
import { call } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { secrets as secretWords } from "../words/secrets";
import { checkVault, vaultQuery } from "./queries";

const say = secretWords.vault;

/** With which keys the team's records are sealed, and what one can do about it. */
export function VaultCard() {
  const queries = useQueryClient();
  const vault = useQuery(vaultQuery);
  const [asking, setAsking] = useState(false);
  const [checked, setChecked] = useState(0);
  const verify = useMutation({
    mutationFn: () => checkVault(setChecked),
    onMutate: () => setChecked(0),
    onSuccess: ({ faults, checked: all }) =>
      announce(faults.length === 0 ? say.sound(all) : say.faults(faults.length, all)),
  });
  const rotate = useMutation({
    mutationFn: () => call<VaultState>("POST", "v1/vault/rotate", { json: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: vaultQuery.queryKey });
      notify({ tone: "success", title: say.started });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: queryKeys.audit }),
  });
  return (
    <Section title={say.title}>
      <Panel className="flex flex-col gap-4 p-5">
        <p className="max-w-2xl text-muted">{say.hint}</p>
        {vault.error ? (
          <ErrorNote error={vault.error} retry={() => void vault.refetch()} />
        ) : vault.data ? (
          <Facts vault={vault.data} />
        ) : (
          <Skeleton className="h-16" />
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            busy={verify.isPending}
            icon={<ShieldCheck aria-hidden className="size-4" />}
            onClick={() => verify.mutate()}
          >
            {say.verify}
          </Button>
          <Button
            busy={rotate.isPending}
            disabled={vault.data?.rotation.state === "running"}
            icon={<RotateCw aria-hidden className="size-4" />}
            onClick={() => setAsking(true)}
          >
            {say.rotate}
          </Button>
        </div>
        {verify.isPending && checked > 0 ? (
          <p className="text-sm text-muted">{say.checking(checked)}</p>
        ) : null}
        {verify.data ? <Outcome check={verify.data} /> : null}
        {verify.error ? <ErrorNote error={verify.error} retry={() => verify.mutate()} /> : null}
        {rotate.error ? <ErrorNote error={rotate.error} retry={() => rotate.mutate()} /> : null}
      </Panel>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={say.rotateTitle}
        description={say.rotateWhy}
        confirm={say.rotateConfirm}
        onConfirm={() => {
          setAsking(false);
          rotate.mutate();
        }}
      />
    </Section>
  );
}

function Facts({ vault }: { vault: VaultState }) {
  const { masterKeyId, newestMasterKeyId, dataKeyId, records, rotation } = vault;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-1 gap-x-8 gap-y-2 text-sm sm:grid-cols-3">
        <Fact label={say.masterKey}>
          <code>{masterKeyId}</code>
          {masterKeyId === newestMasterKeyId ? null : (
            <span className="text-muted">; {say.newerMasterKey(newestMasterKeyId)}</span>
          )}
        </Fact>
        <Fact label={say.dataKey}>
          <code>{dataKeyId}</code>
        </Fact>
        <Fact label={say.records}>{records}</Fact>
      </dl>
      {rotation.state === "running" ? (
        <div className="flex flex-col gap-1.5 text-sm">
          <label htmlFor="vault-rotation">{say.rotating(rotation.done, rotation.total)}</label>
          <progress
            id="vault-rotation"
            value={rotation.done}
            max={Math.max(rotation.total, 1)}
            className="h-2 w-full max-w-sm accent-accent"
          />
        </div>
      ) : null}
      {rotation.state === "failed" ? <p className="text-sm text-danger">{say.failed}</p> : null}
      {rotation.state === "none" && rotation.finishedAt !== null ? (
        <p className="text-[0.8125rem] text-muted">
          {say.rotated} <RelativeTime at={rotation.finishedAt} />
        </p>
      ) : null}
    </div>
  );
}

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-[0.8125rem] text-muted">{label}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </div>
);

function Outcome({ check: { checked, faults } }: { check: VaultCheck }) {
  if (checked === 0) return <p className="text-sm text-muted">{say.none}</p>;
  if (faults.length === 0) return <p className="text-sm text-success">{say.sound(checked)}</p>;
  return (
    <div role="alert" className="flex flex-col gap-2 text-sm">
      <p className="text-danger">{say.faults(faults.length, checked)}</p>
      <ul className="flex flex-col gap-1">
        {faults.map(({ credentialId, kind, subjectId, reason }) => (
          <li key={credentialId} className="wrap-anywhere">
            {say.kind[kind] ?? kind} (
            {kind === "connection" ? (
              <Link to="/connections/$id" params={{ id: subjectId }} className="underline">
                <code>{subjectId}</code>
              </Link>
            ) : (
              <code>{subjectId}</code>
            )}
            ) {say.fault[reason]}
          </li>
        ))}
      </ul>
    </div>
  );
}
