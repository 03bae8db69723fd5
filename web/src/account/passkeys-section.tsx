import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { Passkey } from "../../../shared/contracts/auth";
import { addPasskey, knowsPasskeys, PasskeyRefused } from "../teams/passkey";
import { Note } from "../teams/note";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { EmptyLine } from "../ui/empty-line";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account as own, passkeysQuery } from "./api";
import { deviceOf } from "./device";
import { passkeyName } from "./passkey-name";
import { PasskeyRow } from "./passkey-row";
import { RenamePasskey } from "./rename-passkey";

const say = words.account.passkeys;

export function PasskeysSection() {
  const passkeys = useQuery(passkeysQuery);
  const queries = useQueryClient();
  const [renamed, setRenamed] = useState<Passkey>();
  const [asked, setAsked] = useState<Passkey>();
  const renew = () => queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
  const add = useMutation({
    mutationFn: async () => {
      const name = deviceOf(navigator.userAgent) ?? say.unnamed;
      await addPasskey(name);
      return name;
    },
    onSuccess: (name) => {
      notify({ tone: "success", title: say.added(name) });
      return renew();
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) => own.removePasskey({ id }),
    onSuccess: (_, passkey) => {
      notify({ tone: "success", title: say.removed(passkeyName(passkey)) });
      return renew();
    },
    onSettled: () => setAsked(undefined),
  });
  const failed = add.error ?? remove.error;
  return (
    <Section
      title={say.title}
      actions={
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-4" />}
          busy={add.isPending}
          disabled={!knowsPasskeys()}
          onClick={() => add.mutate()}
        >
          {say.add}
        </Button>
      }
    >
      <p className="-mt-1 text-sm text-muted">{knowsPasskeys() ? say.hint : say.unsupported}</p>
      {failed instanceof PasskeyRefused ? (
        <Note tone="danger">{say.refused}</Note>
      ) : failed ? (
        <ErrorNote error={failed} />
      ) : null}
      {passkeys.error ? (
        <ErrorNote error={passkeys.error} retry={() => void passkeys.refetch()} />
      ) : null}
      {passkeys.isPending ? <SkeletonRows rows={1} className="h-14" /> : null}
      {passkeys.data?.length === 0 ? (
        <EmptyLine icon={<KeyRound aria-hidden className="size-5 shrink-0 text-muted" />}>
          {say.empty}
        </EmptyLine>
      ) : null}
      {passkeys.data?.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {passkeys.data.map((passkey) => (
              <PasskeyRow
                key={passkey.id}
                passkey={passkey}
                onRename={() => setRenamed(passkey)}
                onRemove={() => setAsked(passkey)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      {renamed ? (
        <RenamePasskey passkey={renamed} onRenamed={renew} onClose={() => setRenamed(undefined)} />
      ) : null}
      {asked ? (
        <ConfirmDialog
          open
          onClose={() => setAsked(undefined)}
          title={say.ask(passkeyName(asked))}
          description={say.consequence}
          confirm={say.remove}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate(asked)}
        />
      ) : null}
    </Section>
  );
}
